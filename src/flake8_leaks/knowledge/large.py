"""What is usually large: types, what is only done with such, calls that make it, names; and what is a small part of it.

Types, attributes and calls are those of pandas, polars, geopandas, dask, NumPy, SciPy, xarray, PyTorch, TensorFlow,
scikit-learn, Transformers and the standard library.
"""

from __future__ import annotations

#: last names of types, as annotations spell them
TYPES: frozenset[str] = frozenset(
    """
    DataFrame Series GeoDataFrame LazyFrame ndarray NDArray Tensor DataArray csr_matrix csc_matrix bytearray
    """.split()
)
#: types whose last name says little: models of machine learning and data sets
QUALIFIED: frozenset[str] = frozenset(
    """
    torch.nn.Module torch.nn.modules.Module torch.utils.data.Dataset tensorflow.keras.Model keras.Model
    keras.models.Model tensorflow.keras.models.Model transformers.PreTrainedModel sklearn.base.BaseEstimator
    xarray.Dataset datasets.Dataset PIL.Image.Image anndata.AnnData pyarrow.Table polars.dataframe.DataFrame
    """.split()
)
#: types that are large only under a name that speaks of content: most are keys, marks and digests
RAW: frozenset[str] = frozenset({"bytes", "memoryview"})
#: a pattern of names that speak of the content of a file, an image or a message
CONTENT = (
    r"(\w+_)?(data|content|contents|body|payload|blob|raw|buffer|image|audio|video|document|file_bytes|archive)"
    r"(_bytes|_data)?"
)
#: attributes that only tables have
ATTRIBUTES: frozenset[str] = frozenset(
    """
    iloc loc groupby iterrows itertuples to_numpy dropna fillna to_csv to_parquet
    """.split()
)
#: attributes that tables, arrays and tensors have
SHAPES: frozenset[str] = frozenset({"shape", "ndim", "dtypes", "nbytes"})
#: calls that make a large object
MAKERS: frozenset[str] = frozenset(
    """
    pandas.DataFrame pandas.concat pandas.merge pandas.read_csv pandas.read_excel pandas.read_feather pandas.read_hdf
    pandas.read_html pandas.read_json pandas.read_orc pandas.read_parquet pandas.read_pickle pandas.read_sql
    pandas.read_sql_query pandas.read_sql_table pandas.read_stata pandas.read_table pandas.read_xml
    polars.DataFrame polars.concat polars.read_csv polars.read_excel polars.read_ipc polars.read_json
    polars.read_parquet geopandas.read_file geopandas.read_parquet
    dask.dataframe.read_csv dask.dataframe.read_parquet
    numpy.load numpy.loadtxt numpy.genfromtxt numpy.zeros numpy.ones numpy.empty numpy.full numpy.memmap
    numpy.fromfile numpy.concatenate torch.load torch.zeros torch.ones torch.randn torch.rand
    joblib.load pickle.load xarray.open_dataset xarray.load_dataset pyarrow.parquet.read_table
    """.split()
)
#: methods without arguments that read all of a file
READ_METHODS: frozenset[str] = frozenset({"read", "read_bytes", "read_text", "readlines"})
#: functions that make a number, or something else that is small, of what they are given first; the argument of those
#: of libraries is an array or a table
REDUCERS: frozenset[str] = frozenset(
    f"numpy.{name}"
    for name in """
    mean sum max min amax amin std var median percentile quantile nanmean nansum nanmax nanmin nanstd nanmedian
    argmax argmin ptp prod all any average count_nonzero shape ndim size linalg.norm linalg.det trace
    """.split()
) | frozenset(f"torch.{name}" for name in "mean sum max min std var median numel norm argmax argmin".split())
LOOKS: frozenset[str] = frozenset(
    f"builtins.{name}" for name in "len sum min max any all id type isinstance bool hash hasattr callable".split()
)
#: attributes of tables, arrays, tensors, models and images that are not small, or that keep the whole
WHOLE: frozenset[str] = frozenset(
    """
    T values array data flat real imag grad str dt cat sparse plot style iloc loc at iat mT H obj buf __dict__
    __getitem__ state_dict parameters
    """.split()
)
#: attributes of theirs that are small, whatever is done with them
SMALL: frozenset[str] = frozenset(
    "shape columns dtypes dtype size ndim name names index device height width mode schema nbytes".split()
)
#: attributes by which rows are taken
INDEXERS: frozenset[str] = frozenset({"iloc", "loc", "at", "iat"})
#: methods that hand back a number or something else that is small
REDUCTIONS: frozenset[str] = frozenset(
    """
    mean sum max min std var median mode count nunique any all prod item argmax argmin idxmax idxmin ptp norm trace
    quantile numel dim size head tail describe info memory_usage keys num_parameters get_config
    """.split()
)
#: methods that change what they are called on: what is written to later is kept to be written to
CHANGES: frozenset[str] = frozenset(
    """
    append extend insert update pop clear remove fill sort put itemset resize setflags write writelines
    readinto load_state_dict train eval fit partial_fit add setdefault
    """.split()
)
#: a pattern of names that speak of a large object (`df`, `train_df`, `tensor`, `large_table`)
NAMES = (
    r"(?!(as|is|has|use|to|with|return)_)(\w+_)?(df|dataframe|data_frame|tensor|ndarray)s?\d*|"
    r"(large|big|huge)_\w+|\w+_(blob|bytes_data|corpus)"
)
#: what calls a function later, or again and again
SCHEDULERS: frozenset[str] = frozenset(
    """
    threading.Timer asyncio.AbstractEventLoop.call_later asyncio.AbstractEventLoop.call_at
    tornado.ioloop.PeriodicCallback twisted.internet.task.LoopingCall sched.scheduler.enter sched.scheduler.enterabs
    apscheduler.schedulers.background.BackgroundScheduler.add_job apscheduler.schedulers.base.BaseScheduler.add_job
    apscheduler.schedulers.asyncio.AsyncIOScheduler.add_job apscheduler.schedulers.blocking.BlockingScheduler.add_job
    """.split()
)
#: methods that do so whatever they are called on
SCHEDULING: frozenset[str] = frozenset(
    """
    call_later call_at add_job schedule_interval schedule_once enterabs run_repeating run_daily run_every
    """.split()
)
#: what runs a function beside the caller: it keeps what the function holds for as long as that loops
RUNNERS: frozenset[str] = frozenset(
    """
    threading.Thread _thread.start_new_thread asyncio.create_task asyncio.ensure_future
    """.split()
)
#: methods that do so whatever they are called on
RUNNING: frozenset[str] = frozenset({"submit", "create_task", "run_in_executor", "spawn", "start_soon"})
