import functools
from functools import partial
from typing import Optional

import numpy as np
import pandas as pd
import torch
from numpy.typing import NDArray
from pandas import DataFrame, read_csv

import other

# --- The leak, by what outlives the call ---


# A nested function is returned.
def make_lookup(table: pd.DataFrame):
    def lookup(key):  # LEK401
        return table.loc[key]

    return lookup


# A lambda is returned.
def make_reader(table: pd.DataFrame):
    return lambda key: table.loc[key]  # LEK401


# A partial is returned.
def make_getter(table: pd.DataFrame):
    return partial(other.get, table)  # LEK401


def make_getter_by_keyword(table: pd.DataFrame):
    return functools.partial(other.get, table=table)  # LEK401


# A coroutine is returned, and one that makes it.
async def make_async_lookup(table: pd.DataFrame):
    async def lookup(key):  # LEK401
        return table.loc[key]

    return lookup


# They are stored on the object.
class View:
    def bind(self, table: pd.DataFrame):
        def lookup(key):  # LEK401
            return table.loc[key]

        self.lookup = lookup
        self.find = lambda key: table.loc[key]  # LEK401
        self.get = partial(other.get, table)  # LEK401

    @classmethod
    def bind_class(cls, table: pd.DataFrame):
        cls.find = lambda key: table.loc[key]  # LEK401


# Through another name.
def make_alias(table: pd.DataFrame):
    def lookup(key):  # LEK401
        return table.loc[key]

    chosen = lookup
    return chosen


# Under a condition, or one of two.
def make_choice(table: pd.DataFrame, fast):
    def lookup(key):  # LEK401
        return table.loc[key]

    return lookup if fast else None


# Captured two functions further in, by a lambda inside, and by a comprehension inside.
def make_deep(table: pd.DataFrame):
    def outer():  # LEK401
        def inner(key):
            return table.loc[key]

        return inner

    return outer


def make_lambda_inside(table: pd.DataFrame):
    def lookup(keys):  # LEK401
        return sorted(keys, key=lambda key: table.loc[key])

    return lookup


def make_comprehension_inside(table: pd.DataFrame):
    def lookup(keys):  # LEK401
        return [table.loc[key] for key in keys]

    return lookup


# A decorator's arguments: the outermost function is reported.
def with_table(table: pd.DataFrame):
    def decorate(func):  # LEK401
        @functools.wraps(func)
        def wrapper(*args):
            return func(table, *args)

        return wrapper

    return decorate


# Two large things: one finding on the function.
def make_join(left: pd.DataFrame, right: pd.DataFrame):
    return lambda key: left.join(right, on=key)  # LEK401


# Two functions over one large thing: each keeps it.
def make_two(table: pd.DataFrame, first):
    if first:
        return lambda key: table.loc[key]  # LEK401
    return lambda key: table.iloc[key]  # LEK401


# --- Large by annotation ---


def by_imported_name(table: DataFrame):
    return lambda: len(table)  # LEK401


def by_string(table: "pd.DataFrame"):
    return lambda: len(table)  # LEK401


def by_string_or_none(table: "DataFrame | None"):
    return lambda: len(table)  # LEK401


def by_union(table: pd.DataFrame | None):
    return lambda: len(table)  # LEK401


def by_optional(table: Optional[pd.Series] = None):
    return lambda: len(table)  # LEK401


def by_array(values: np.ndarray):
    return lambda: values.sum()  # LEK401


def by_generic_array(values: NDArray[np.float64]):
    return lambda: values.sum()  # LEK401


def by_tensor(values: torch.Tensor):
    return lambda: values.sum()  # LEK401


def by_buffer(values: bytearray):
    return lambda: values[0]  # LEK401


def by_keyword_only(*, table: pd.DataFrame):
    return lambda: len(table)  # LEK401


# A local that is annotated.
def by_local_annotation(path):
    table: pd.DataFrame = other.load(path)
    return lambda key: table.at[key]  # LEK401


# --- Large by origin ---


def by_read(path):
    rows = pd.read_csv(path)
    return lambda key: rows.at[key]  # LEK401


def by_imported_read(path):
    rows = read_csv(path)
    return lambda key: rows.at[key]  # LEK401


def by_load(path):
    weights = np.load(path)
    return lambda key: weights[key]  # LEK401


def by_size(count):
    grid = np.zeros((count, count))
    return lambda x, y: grid[x, y]  # LEK401


def by_walrus(path):
    if (rows := pd.read_parquet(path)) is None:
        return None
    return lambda key: rows.at[key]  # LEK401


# A parameter that is read anew.
def by_rebinding(path, rows=None):
    rows = pd.read_csv(path) if rows is None else rows
    rows = pd.concat([rows, other.more()])
    return lambda key: rows.at[key]  # LEK401


# --- Large by use, and by name ---


def by_iloc(rows):
    return lambda index: rows.iloc[index]  # LEK401


def by_groupby(rows):
    groups = rows.groupby("kind")
    return lambda: (groups, rows)  # LEK401


def by_name(df):
    return lambda key: df[key]  # LEK401


def by_longer_name(train_df):
    return lambda key: train_df[key]  # LEK401


def by_adjective(large_table):
    return lambda key: large_table[key]  # LEK401


def by_ending(text_corpus):
    return lambda word: word in text_corpus  # LEK401


# --- It does not outlive the call ---


# Consumed at once.
def order(table: pd.DataFrame, keys):
    return other.ordered(keys, key=lambda key: table.loc[key])  # silent LEK401: other.ordered(keys, key= => (


def transform(table: pd.DataFrame, keys):
    return map(lambda k: table.at[k], keys)  # silent LEK401: map(lambda k: table.at[k], keys) => lambda k: table


# Called, and its result returned.
def compute(table: pd.DataFrame):
    def total():  # silent LEK401: return total() => return total
        return table.sum()

    return total()


# Kept in a local name only.
def use(table: pd.DataFrame):
    first = lambda: table.iloc[0]  # silent LEK401: first = lambda: table.iloc[0] => return lambda: table.iloc[0]
    return first().kind


def count(table: pd.DataFrame):
    bound = partial(other.count, table)  # silent LEK401: bound = partial(other.count => return partial(other.count
    return bound()


# An argument of a function that is awaited here.
async def in_thread(table: pd.DataFrame):
    return await other.run(lambda: table.sum())  # silent LEK401: await other.run( => (


# A generator is no function: it is consumed.
def rows_of(table: pd.DataFrame):
    return (row for row in table.itertuples())


# A class is no function.
def make_class(table: pd.DataFrame):
    class Holder:
        columns = list(table.columns)

    return Holder


# --- It captures a small part, or nothing ---


def keep_count(table: pd.DataFrame):
    size = len(table)
    return lambda: size  # silent LEK401: lambda: size => lambda: (size, table)


def keep_column_names(df):
    names = list(df.columns)

    def has(name):  # silent LEK401: name in names => name in df
        return name in names

    return has


def keep_partial_count(table: pd.DataFrame):
    return partial(other.show, len(table))  # silent LEK401: (other.show, len(table)) => (other.show, table)


# The name is the function's own parameter, or its own local.
def pass_through(df):
    return lambda df: df.sum()  # silent LEK401: lambda df: df.sum() => lambda: df.sum()


def load_anew(df):
    def load(path):  # silent LEK401: df = other.load(path) => print(path)
        df = other.load(path)
        return df

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
    return lambda index: WEIGHTS[index]


# --- It is not large ---


def by_other_annotation(df: dict):
    return lambda key: df[key]  # silent LEK401: df: dict => df: DataFrame


def by_unknown(records):
    return lambda key: records[key]  # silent LEK401: by_unknown(records) => by_unknown(records: np.ndarray)


def by_unknown_origin(path):
    records = other.load(path)
    return lambda key: records[key]  # silent LEK401: records = other.load(path) => records = np.load(path)


def by_list_of(tables: list[pd.DataFrame]):
    return lambda: len(tables)  # silent LEK401: tables: list[pd.DataFrame] => tables: pd.DataFrame


def by_class_of(kind: type[pd.DataFrame]):
    return lambda: kind()  # silent LEK401: kind: type[pd.DataFrame] => kind: pd.DataFrame


def by_bytes_count(number_of_bytes):
    return lambda: number_of_bytes  # silent LEK401: (number_of_bytes) => (number_of_bytes: bytearray)


# What only speaks of a large thing: where it lies, what it is called, whether it is wanted.
def by_path(df_path):
    return lambda: other.open_at(df_path)  # silent LEK401: by_path(df_path) => by_path(df_path: DataFrame)


def by_columns(df_columns):
    return lambda key: key in df_columns  # silent LEK401: by_columns(df_columns) => by_columns(df_columns: DataFrame)


def by_wish(as_df=False):
    return lambda: as_df  # silent LEK401: by_wish(as_df=False) => by_wish(as_df: DataFrame)


# A small value that was computed under a large name.
def by_local_name(path):
    df_count = other.count(path)
    return lambda: df_count  # silent LEK401: df_count = other.count(path) => df_count = read_csv(path)
