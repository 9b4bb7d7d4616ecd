import asyncio
import atexit
import functools
import threading
from functools import partial
from typing import Optional

import numpy as np
import pandas as pd
import torch
from apscheduler.schedulers.background import BackgroundScheduler
from numpy.typing import NDArray
from pandas import DataFrame, read_csv

import other

# --- The leak: the function needs a small part of what it keeps; by what outlives the call ---


# A nested function is returned.
def make_scale(table: pd.DataFrame):
    def scale(price):  # LEK401
        return price / table["price"].max()

    return scale


# A lambda is returned.
def make_reader(table: pd.DataFrame):
    return lambda: table.iloc[0]  # LEK401


# A coroutine is returned.
async def make_async_scale(table: pd.DataFrame):
    async def scale(price):  # LEK401
        return price / table["price"].max()

    return scale


# In a tuple, a list, a dict.
def make_pair(table: pd.DataFrame):
    return len, lambda: len(table)  # LEK401


def make_menu(table: pd.DataFrame):
    return {"size": lambda: len(table)}  # LEK401


# In a local container that is returned.
def make_list(table: pd.DataFrame):
    made = []
    made.append(lambda: len(table))  # LEK401
    return made


def make_table(table: pd.DataFrame):
    made = {}
    made["size"] = lambda: len(table)  # LEK401
    return made


# A partial that holds the function.
def make_bound(table: pd.DataFrame):
    def scale(price, factor):  # LEK401
        return price / table["price"].max() * factor

    return partial(scale, factor=2)


# They are stored on the object, or in a container of it.
class View:
    def __init__(self):
        self.hooks = []

    def bind(self, table: pd.DataFrame):
        def scale(price):  # LEK401
            return price / table["price"].max()

        self.scale = scale
        self.size = lambda: len(table)  # LEK401

    def hook(self, table: pd.DataFrame):
        self.hooks.append(lambda: len(table))  # LEK401
        return self.hooks.pop()

    @classmethod
    def bind_class(cls, table: pd.DataFrame):
        cls.size = lambda: len(table)  # LEK401


# On an object that comes in.
def label(axes, table: pd.DataFrame):
    axes.format_coord = lambda x, y: f"{x} of {len(table)}"  # LEK401


# In a global.
current = None


def choose(table: pd.DataFrame):
    global current
    current = lambda: len(table)  # LEK401


# Registered with what outlives the call.
def at_end(table: pd.DataFrame):
    atexit.register(lambda: print(len(table)))  # LEK401


def on_change(bus, table: pd.DataFrame):
    def show(event):  # LEK401
        print(event, table.shape)

    bus.add_listener(show)
    return lambda: bus.remove_listener(show)


def bind_button(button, table: pd.DataFrame):
    button.clicked.connect(lambda: print(len(table)))  # LEK401


# Scheduled.
def later(loop, table: pd.DataFrame):
    loop.call_later(60, lambda: print(len(table)))  # LEK401


def timed(table: pd.DataFrame):
    threading.Timer(60, lambda: print(len(table))).start()  # LEK401


def repeated(scheduler: BackgroundScheduler, table: pd.DataFrame):
    scheduler.add_job(lambda: print(len(table)), "interval")  # LEK401


# Run by a thread or a task that loops for ever.
def watch(table: pd.DataFrame, ticks):
    def loop():  # LEK401
        while True:
            ticks.wait(len(table))

    threading.Thread(target=loop, daemon=True).start()


async def follow(table: pd.DataFrame):
    async def loop():  # LEK401
        while True:
            await asyncio.sleep(len(table))

    await asyncio.create_task(loop())


# Through another name, under a condition, or one of two.
def make_alias(table: pd.DataFrame):
    def size():  # LEK401
        return len(table)

    chosen = size
    return chosen


def make_choice(table: pd.DataFrame, fast):
    def size():  # LEK401
        return len(table)

    return size if fast else None


def make_either(table: pd.DataFrame, fast):
    chosen = None
    if fast:
        chosen = lambda: len(table)  # LEK401
    return chosen


# Captured two functions further in, by a lambda inside, and by a comprehension inside.
def make_deep(table: pd.DataFrame):
    def outer():  # LEK401
        def inner():
            return len(table)

        return inner

    return outer


def make_lambda_inside(table: pd.DataFrame):
    def order(keys):  # LEK401
        return sorted(keys, key=lambda key: key % len(table))

    return order


def make_comprehension_inside(table: pd.DataFrame):
    def shares(keys):  # LEK401
        return [key / len(table) for key in keys]

    return shares


# As the default of a parameter.
def make_default(table: pd.DataFrame):
    return lambda table=table: len(table)  # LEK401


def make_keyword_default(table: pd.DataFrame):
    def size(*, rows=table):  # LEK401
        return len(rows)

    return size


# A decorator's arguments: the outermost function is reported.
def with_table(table: pd.DataFrame):
    def decorate(func):  # LEK401
        @functools.wraps(func)
        def wrapper(*args):
            return func(len(table), *args)

        return wrapper

    return decorate


# Two large things: one finding on the function.
def make_ratio(left: pd.DataFrame, right: pd.DataFrame):
    return lambda: len(left) / len(right)  # LEK401


# Two functions over one large thing: each keeps it.
def make_two(table: pd.DataFrame, first):
    if first:
        return lambda: table.iloc[0]  # LEK401
    return lambda: table.iloc[-1]  # LEK401


# --- Needlessly: what could be read before ---


# A column, by a name that is written here or that the outer function knows.
def keep_column(table: pd.DataFrame):
    return lambda key: key in table["price"]  # LEK401


def keep_named_column(table: pd.DataFrame, column):
    return lambda key: table[column].at[key]  # LEK401


def keep_attribute(table: pd.DataFrame):
    return lambda key: table.price.at[key]  # LEK401


# The names of the columns, the shape.
def keep_names(table: pd.DataFrame):
    return lambda key: key in table.columns  # LEK401


# The first rows.
def keep_head(table: pd.DataFrame):
    return lambda: print(table[:5], table.head(3))  # LEK401


# A number that is computed of it.
def keep_mean(values: np.ndarray):
    return lambda value: value - values.mean()  # LEK401


def keep_function_mean(values: np.ndarray):
    return lambda value: value - np.mean(values, axis=0)  # LEK401


# Whether there is any.
def keep_presence(table: Optional[pd.DataFrame]):
    return lambda: table is not None  # LEK401


# One setting of a model.
def keep_setting(model: torch.nn.Module):
    return lambda text: text[: model.config.length]  # LEK401


# --- All of it, in a collection that lives as long as the process ---

READERS = []
LOOKUPS = {}


def add_reader(table: pd.DataFrame):
    READERS.append(lambda key: table.loc[key])  # LEK401


def add_partial(table: pd.DataFrame):
    READERS.append(partial(other.get, table))  # LEK401


def add_bound_method(table: pd.DataFrame):
    READERS.append(table.query)  # LEK401


# --- Large by annotation ---


def by_imported_name(table: DataFrame):
    return lambda: len(table)  # LEK401


def by_string(table: "pd.DataFrame"):
    return lambda: len(table)  # LEK401


def by_string_or_none(table: "DataFrame | None"):
    return lambda: len(table)  # LEK401


def by_union(table: pd.DataFrame | None):
    return lambda: len(table)  # LEK401


def by_generic_array(values: NDArray[np.float64]):
    return lambda: values.sum()  # LEK401


def by_tensor(values: torch.Tensor):
    return lambda: values.sum()  # LEK401


def by_buffer(values: bytearray):
    return lambda: values[0]  # LEK401


def by_bytes(payload: bytes):
    return lambda: payload[:4]  # LEK401


def by_keyword_only(*, table: pd.DataFrame):
    return lambda: len(table)  # LEK401


def by_local_annotation(path):
    table: pd.DataFrame = other.load(path)
    return lambda: len(table)  # LEK401


# --- Large by origin ---


def by_read(path):
    rows = pd.read_csv(path)
    return lambda: len(rows)  # LEK401


def by_imported_read(path):
    rows = read_csv(path)
    return lambda: len(rows)  # LEK401


def by_load(path):
    weights = torch.load(path)
    return lambda: weights["bias"]  # LEK401


def by_read_method(path):
    text = other.find(path).read_text()
    return lambda: text[:80]  # LEK401


def by_awaited_read(stream):
    async def first():
        text = await stream.read()
        return lambda: text[:80]  # LEK401

    return first()


def by_walrus(path):
    if (rows := pd.read_parquet(path)) is None:
        return None
    return lambda: len(rows)  # LEK401


# A parameter that is read anew.
def by_rebinding(path, rows=None):
    rows = pd.read_csv(path) if rows is None else rows
    rows = pd.concat([rows, other.more()])
    return lambda: len(rows)  # LEK401


# --- Large by use, and by name ---


def by_iloc(rows):
    return lambda: rows.iloc[0]  # LEK401


def by_groupby(rows):
    print(rows.groupby("kind"))
    return lambda: len(rows)  # LEK401


def by_shape(rows):
    return lambda: rows.shape[0]  # LEK401


def by_function(rows):
    return lambda value: value - np.mean(rows)  # LEK401


def by_name(df):
    return lambda: df["price"]  # LEK401


def by_longer_name(train_df):
    return lambda: len(train_df)  # LEK401


def by_adjective(large_table):
    return lambda: len(large_table)  # LEK401


def by_ending(text_corpus):
    return lambda: len(text_corpus)  # LEK401


# --- It needs all of it: that is what it was made for ---


# A lookup, an objective, a prediction, a join.
def make_lookup(rows: pd.DataFrame):
    return lambda key: rows.loc[key]  # silent LEK401: lambda key: rows.loc[key] => lambda: rows.loc[0]


def make_objective(points: np.ndarray):
    def objective(theta):  # silent LEK401: points @ theta => theta * points.sum()
        return points @ theta

    return objective


def make_predict(model: torch.nn.Module):
    return lambda batch: model(batch)  # silent LEK401: model(batch) => model.config


def make_join(left: pd.DataFrame):
    return lambda right: left.join(right)  # silent LEK401: left.join(right) => left.count()


def make_filled(table: pd.DataFrame):
    return lambda: other.show(table)  # silent LEK401: other.show(table) => len(table)


# A number that depends on what comes in, a column that comes in, rows without an end.
def make_mean(values: np.ndarray):
    return lambda axis: values.mean(axis=axis)  # silent LEK401: lambda axis: values => lambda: values


def make_chosen(table: pd.DataFrame):
    def chosen(which):  # silent LEK401: table[name] => table["price"]
        name = which.lower()
        return table[name]

    return chosen


def make_rest(payload: bytes):
    return lambda: payload[4:]  # silent LEK401: payload[4:] => payload[:4]


# A bound method is handed on.
def make_mapper(table: pd.DataFrame):
    return lambda keys: map(table.get, keys)  # silent LEK401: map(table.get, keys) => table.columns


# Of two functions one needs all of it: the other costs nothing.
def make_both(table: pd.DataFrame):
    size = lambda: len(table)  # silent LEK401: lambda key: table.at[key] => None
    return size, lambda key: table.at[key]


# A partial or a bound method that is returned.
def make_getter(table: pd.DataFrame):
    return partial(other.get, table)  # silent LEK401: return partial(other.get, table) => return lambda: len(table)


def make_method(table: pd.DataFrame):
    return table.query  # silent LEK401: return table.query => return lambda: len(table)


# In a collection that loses it again, or under a name that says less.
def lend(table: pd.DataFrame, name):
    LOOKUPS[name] = lambda key: table.loc[key]  # silent LEK401: LOOKUPS.pop(name, => print(
    other.run(LOOKUPS)
    LOOKUPS.pop(name, None)


# --- It does not outlive the call ---


# Consumed at once.
def order(table: pd.DataFrame, items):
    return sorted(items, key=lambda k: k % len(table))  # silent LEK401: sorted(items, key= => (


def transform(table: pd.DataFrame, keys):
    return map(lambda k: k % len(table), keys)  # silent LEK401: return map( => return (


def apply(table: pd.DataFrame):
    groups = other.groups_of("kind")
    return groups.apply(lambda g: len(g) / len(table))  # silent LEK401: groups.apply( => (


# Called, and its result returned.
def compute(table: pd.DataFrame):
    def total():  # silent LEK401: return total() => return total
        return table.sum()

    return total()


# Kept in a local name or container only.
def use(table: pd.DataFrame):
    first = lambda: table.iloc[0]  # silent LEK401: first = lambda: table.iloc[0] => return lambda: table.iloc[0]
    return first().kind


def collect(table: pd.DataFrame):
    steps = []
    steps.append(lambda: len(table))  # silent LEK401: [step() for step in steps] => steps
    return [step() for step in steps]


# An argument of a function that is awaited here.
async def in_thread(table: pd.DataFrame):
    return await other.run(lambda: table.sum())  # silent LEK401: await other.run( => (


# A worker that ends.
def work(table: pd.DataFrame):
    def job():  # silent LEK401: print(len(table), "rows") => while True: print(len(table))
        print(len(table), "rows")

    threading.Thread(target=job).start()


def submit(pool, table: pd.DataFrame):
    return pool.submit(lambda: len(table))  # silent LEK401: pool.submit(lambda: => (lambda:


# A helper of the file whose callers use up what it makes.
def _make_share(table: pd.DataFrame):
    return lambda value: value / len(table)  # silent LEK401: values.map(_make_share(values)) => _make_share(values)


def shares(values):
    return values.map(_make_share(values))


# A generator is no function: it is consumed. Nor is a class.
def rows_of(table: pd.DataFrame):
    return (row for row in table.itertuples())


def make_class(table: pd.DataFrame):
    class Holder:
        columns = list(table.columns)

    return Holder


# Code that runs once.
def setup_scale(table: pd.DataFrame):
    return lambda value: value / len(table)  # silent LEK401: def setup_scale( => def scale_by(


# --- It is kept anyway, or written to later ---


class Shelf:
    def put(self, table: pd.DataFrame):
        self.table = table
        self.count = lambda: len(table)  # silent LEK401: self.table = table => pass


def make_with_table(table: pd.DataFrame):
    return table, lambda: len(table)  # silent LEK401: return table, lambda => return lambda


def make_window(table: pd.DataFrame):
    window = other.Window(table)
    window.show()
    return lambda: len(table)  # silent LEK401: other.Window(table) => other.Window()


# A progress that reads the newest value.
def make_progress(count):
    done = np.zeros(count)

    def progress():  # silent LEK401: done[0] = 1 => print(count)
        return done.sum()

    done[0] = 1
    return progress


def make_filling(stream):
    buffer: bytearray = bytearray()
    size = lambda: len(buffer)  # silent LEK401: buffer.extend(stream) => print(stream)
    buffer.extend(stream)
    return size


def make_counting(table: pd.DataFrame):
    def grow(more):
        nonlocal table
        table = pd.concat([table, more])

    other.each(grow)
    return lambda: len(table)  # silent LEK401: nonlocal table => pass


# --- It captures a small part, or nothing ---


def keep_count(table: pd.DataFrame):
    size = len(table)
    return lambda: size  # silent LEK401: lambda: size => lambda: (size, len(table))


def keep_column_names(df):
    names = list(df.columns)

    def has(name):  # silent LEK401: name in names => name in df.columns
        return name in names

    return has


def keep_default_count(table: pd.DataFrame):
    return lambda size=len(table): size  # silent LEK401: lambda size=len(table): size => lambda size=table: len(size)


# The name is the function's own parameter, or its own local.
def pass_through(df):
    return lambda df: df.sum()  # silent LEK401: lambda df: df.sum() => lambda: df.sum()


def load_anew(df):
    def load(path):  # silent LEK401: df = other.load(path) => print(path)
        df = other.load(path)
        return df.shape

    other.show(df)
    return load


# The variable of a comprehension inside.
def each_of(df):
    def sums(frames):  # silent LEK401: for df in frames => for _ in frames
        return [df.sum() for df in frames]

    return sums


# A global of the module: it lives as long as the module, captured or not.
WEIGHTS = np.load("weights.npy")


def weigh():
    return lambda: WEIGHTS[0]


# --- It is not large ---


def by_other_annotation(df: dict):
    return lambda: df["price"]  # silent LEK401: df: dict => df: DataFrame


def by_unknown(records):
    return lambda: len(records)  # silent LEK401: by_unknown(records) => by_unknown(records: np.ndarray)


def by_unknown_origin(path):
    records = other.load(path)
    return lambda: len(records)  # silent LEK401: records = other.load(path) => records = np.load(path)


def by_small_size(index):
    grid = np.zeros(3)
    return lambda: grid[index]  # silent LEK401: np.zeros(3) => np.zeros(3_000)


def by_list_of(tables: list[pd.DataFrame]):
    return lambda: len(tables)  # silent LEK401: tables: list[pd.DataFrame] => tables: pd.DataFrame


def by_class_of(kind: type[pd.DataFrame]):
    return lambda: kind.name  # silent LEK401: kind: type[pd.DataFrame] => kind: pd.DataFrame


# Bytes of which the name doesn't say that they are content: a key, a mark.
def by_prefix(prefix: bytes):
    return lambda: len(prefix)  # silent LEK401: by_prefix(prefix: bytes) => by_prefix(prefix: bytearray)


# What only speaks of a large thing: where it lies, what it is called, whether it is wanted.
def by_path(df_path):
    return lambda: len(df_path)  # silent LEK401: by_path(df_path) => by_path(df_path: DataFrame)


def by_wish(as_df=False):
    return lambda: as_df is True  # silent LEK401: by_wish(as_df=False) => by_wish(as_df: DataFrame)


# A small value that was computed under a large name.
def by_local_name(path):
    df_count = other.count(path)
    return lambda: df_count is None  # silent LEK401: df_count = other.count(path) => df_count = read_csv(path)
