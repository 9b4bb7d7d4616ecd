"""What is usually large: types, what is only done with such, calls that make it, and names.

Types, attributes and calls are those of pandas, polars, geopandas, dask, NumPy, SciPy, xarray and PyTorch.
"""

from __future__ import annotations

#: last names of types, as annotations spell them
TYPES: frozenset[str] = frozenset(
    """
    DataFrame Series GeoDataFrame LazyFrame ndarray NDArray Tensor DataArray csr_matrix csc_matrix bytearray
    """.split()
)
#: attributes that only tables have
ATTRIBUTES: frozenset[str] = frozenset(
    """
    iloc loc groupby iterrows itertuples to_numpy dropna fillna to_csv to_parquet
    """.split()
)
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
    """.split()
)
#: a pattern of names that speak of a large object (`df`, `train_df`, `tensor`, `large_table`)
NAMES = (
    r"(?!(as|is|has|use|to|with|return)_)(\w+_)?(df|dataframe|data_frame|tensor|ndarray)s?\d*|"
    r"(large|big|huge)_\w+|\w+_(blob|bytes_data|corpus)"
)
