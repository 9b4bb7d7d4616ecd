"""LEK502: a resource is released or handed over on one way out of the function, and still open on another."""

import asyncio
import contextlib
import csv
import gzip
import io
import json
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile

import aiohttp
import asyncpg
import psycopg2
import requests


# An early return leaves before the release.


def returns_before_the_end(path, limit):
    early = open(path)  # LEK502
    if limit == 0:
        return ""
    with early:
        return early.read(limit)


def returns_from_the_loop(path):
    commented = open(path)  # LEK502
    for line in commented:
        if line.startswith("#"):
            return line
    commented.close()
    return None


def returns_the_default(url):
    web_session = requests.Session()  # LEK502
    reply = web_session.get(url)
    if not reply.ok:
        return {}
    found = reply.json()
    web_session.close()
    return found


def closes_only_in_the_early_exit(path, limit):
    reversed_file = open(path)  # LEK502
    if limit == 0:
        reversed_file.close()
        return ""
    return reversed_file.read(limit)


def closes_before_an_early_return(path, limit):
    tidied = open(path)  # silent LEK502: tidied.close() => pass
    if limit == 0:
        tidied.close()
        return ""
    with tidied:
        return tidied.read(limit)


def returns_before_it_opens(path, limit):
    if limit == 0:
        return ""
    not_yet = open(path)  # silent LEK502: limit = limit or -2 => if limit == 1: return ""
    limit = limit or -2
    with not_yet:
        return not_yet.read(limit)


def returns_inside_the_block(path, limit):
    held_in_with = open(path)  # silent LEK501: with held_in_with: => if held_in_with:
    with held_in_with:
        if limit == 0:
            return ""
        return held_in_with.read(limit)


def returns_after_the_close(path, limit):
    shut_first = open(path)  # silent LEK502: if limit == -3: shut_first => if limit == 3: return ""; shut_first
    if limit == -3: shut_first.close(); return ""
    shut_first.close()
    if limit == 0:
        return ""
    return path


# An explicit raise.


def raises_on_a_wrong_header(path):
    riff = open(path, "rb")  # LEK502
    magic = riff.read(4)
    if magic != b"RIFF":
        raise ValueError("not a sound file")
    size = riff.read(4)
    riff.close()
    return size


def raises_where_a_case_is_missing(path, mode):
    cased = open(path)  # LEK502
    if mode == "lines":
        found = cased.readlines()
    elif mode == "text":
        found = cased.read()
    else:
        raise ValueError(mode)
    cased.close()
    return found


def closes_before_it_raises(path, mode):
    vetted = open(path)  # silent LEK502: vetted.close() => pass
    if mode != "r":
        vetted.close()
        raise ValueError(mode)
    return vetted


def raises_inside_the_try(path, mode):
    watched = open(path)  # silent LEK502: mode = mode or "r" => if not mode: raise ValueError(mode)
    mode = mode or "r"
    try:
        if mode != "r":
            raise ValueError(mode)
        return watched.read()
    finally:
        watched.close()


def raises_and_catches_it_itself(path, mode):
    caught_up = open(path)  # silent LEK502: raise LookupError(mode) => return None
    try:
        if mode != "r":
            raise LookupError(mode)
    except LookupError:
        path = None
    caught_up.close()
    return path


# Leaving the program is no leak.


def leaves_the_program(path, mode):
    final_file = open(path)  # silent LEK502: raise SystemExit(mode) => raise ValueError(mode)
    if mode != "r":
        raise SystemExit(mode)
    with final_file:
        return final_file.read()


def exits_with_a_message(path, mode):
    exited = open(path)  # silent LEK502: sys.exit("unknown mode") => return None
    if mode != "r":
        sys.exit("unknown mode")
    with exited:
        return exited.read()


def main():
    script_file = open("script")  # silent LEK502: def main( => def run_script(
    if len(sys.argv) > 1:
        return
    script_file.close()


# Branches: one of them forgets.


def forgets_one_branch(path, fast):
    forked = open(path)  # LEK502
    if fast:
        text = forked.read(10)
    else:
        text = forked.read()
        forked.close()
    return text


def forgets_the_middle_branch(path, kind):
    tabled = open(path)  # LEK502
    if kind == "json":
        found = json.load(tabled)
        tabled.close()
    elif kind == "csv":
        found = list(csv.reader(tabled))
    else:
        found = tabled.read()
        tabled.close()
    return found


def forgets_an_inner_branch(path, fast, empty):
    nested = open(path)  # LEK502
    if fast:
        if empty:
            return ""
        nested.close()
        return path
    with nested:
        return nested.read()


def opens_and_forgets_in_one_branch(path, zipped):
    if zipped:
        gz_file = gzip.open(path)  # LEK502
        if path is None:
            return b""
        with gz_file:
            return gz_file.read()
    return b""


def closes_in_each_branch(path, fast):
    both_ways = open(path)  # silent LEK502: both_ways.close() => pass
    if fast:
        both_ways.close()
        text = ""
    else:
        with both_ways:
            text = both_ways.read()
    return text


def closes_after_the_branches_meet(path, fast):
    joined = open(path)  # silent LEK502: size = 10 => return None
    if fast:
        size = 10
    else:
        size = -1
    with joined:
        return joined.read(size)


def closes_in_the_only_branch_that_opens(path, zipped):
    if zipped:
        only_here = gzip.open(path)  # silent LEK502: zipped = 1 => return b""
        zipped = 1
        with only_here:
            return only_here.read()
    return b""


# A release under a condition that only its author understands is a release.


def closes_what_it_opened(source):
    own = isinstance(source, str)
    either = open(source) if own else source  # silent LEK501: either.close() => either.flush()
    try:
        return either.read()
    finally:
        if own:
            either.close()


def closes_all_but_standard_output(path):
    out = open(path, "w") if path != "-" else sys.stdout  # silent LEK501: out.close() => out.flush()
    try:
        out.write("x")
    finally:
        if out is not sys.stdout:
            out.close()


def closes_unless_told_to_keep(path, keep):
    kept_file = open(path)  # silent LEK502: keep = keep or () => if not keep: return
    keep = keep or ()
    if path not in keep:
        kept_file.close()


def remembers_that_it_must_close(source):
    must_close = False
    if isinstance(source, str):
        source_file = open(source)  # silent LEK501: source_file.close() => source_file.flush()
        must_close = True
    else:
        source_file = source
    try:
        return source_file.read()
    finally:
        if must_close:
            source_file.close()


def closes_if_still_open(path, done):
    maybe_shut = open(path)  # silent LEK502: done = bool(done) => if done: return
    done = bool(done)
    if not maybe_shut.closed:
        maybe_shut.close()


# Guards: where the name is None or false, nothing is open.


def guard_of_absence(path, limit):
    absent = open(path) if path else None  # silent LEK502: if not absent: => if not limit:
    if not absent:
        return ""
    with absent:
        return absent.read(limit)


def guard_of_none(path, limit):
    none_yet = open(path) if path else None  # silent LEK502: if none_yet is None: => if limit is None:
    if none_yet is None:
        return ""
    with none_yet:
        return none_yet.read(limit)


def guard_that_raises(path, limit):
    needed = open(path) if path else None  # silent LEK502: if needed is None: => if limit is None:
    if needed is None:
        raise ValueError("no path")
    with needed:
        return needed.read(limit)


def guard_of_presence(path, limit):
    present = open(path) if path else None  # silent LEK502: if present: => if limit:
    if present:
        with present:
            return present.read(limit)
    return ""


def guard_of_presence_in_full(path, limit):
    not_none = open(path) if path else None  # silent LEK502: if not_none is not None: => if limit is not None:
    if not_none is not None:
        with not_none:
            return not_none.read(limit)
    else:
        return ""


def guard_after_a_failed_open(path, limit):
    try:
        perhaps = open(path)  # silent LEK502: if perhaps is None: => if limit is None:
    except OSError:
        perhaps = None
    if perhaps is None:
        return ""
    with perhaps:
        return perhaps.read(limit)


def guard_after_suppress(path, limit):
    hushed = None
    with contextlib.suppress(OSError):
        hushed = open(path)  # silent LEK502: if hushed is None: => if limit is None:
    if hushed is None:
        return ""
    with hushed:
        return hushed.read(limit)


def guard_of_two(path, limit):
    guarded = open(path) if path else None  # silent LEK502: if guarded is None or not guarded: => if limit is None:
    if guarded is None or not guarded:
        return ""
    with guarded:
        return guarded.read(limit)


def guard_with_more_conditions(path, limit):
    weak = open(path) if path else None  # LEK502
    if weak is None or limit == 0:
        return ""
    with weak:
        return weak.read(limit)


def guard_in_short(path):
    brief = None
    try:
        brief = open(path)  # silent LEK501: brief.close() => brief.flush()
        return brief.read()
    finally:
        brief and brief.close()


def guard_in_finally(path):
    at_last = None
    try:
        if not path:
            return ""
        at_last = open(path)  # silent LEK501: at_last.close() => at_last.flush()
        return at_last.read()
    finally:
        if at_last is not None:
            at_last.close()


def dial_or_none(address):
    try:
        return socket.create_connection(address)
    except OSError:
        return None


def guard_with_a_walrus(address, size):
    if (walrus := dial_or_none(address)) is None:  # silent LEK502: size = size or 13 => if size == 0: return b""
        return b""
    size = size or 13
    with walrus:
        return walrus.recv(size)


def walrus_without_a_guard(address, size):
    if (tusk := dial_or_none(address)) is None:  # LEK502
        return b""
    if size == 0:
        return b""
    with tusk:
        return tusk.recv(size)


# Loops: what one round opens, it must release before the next.


def skips_some(paths):
    for path in paths:
        skipped = open(path)  # LEK502
        if skipped.isatty():
            continue
        print(skipped.read())
        skipped.close()


def stops_at_the_first(paths):
    header = ""
    for path in paths:
        candidate = open(path)  # LEK502
        header = candidate.readline()
        if header.startswith("%"):
            break
        candidate.close()
    return header


def returns_from_two_loops(paths, words):
    for path in paths:
        deep = open(path)  # LEK502
        for line in deep:
            if line in words:
                return line
        deep.close()
    return None


def closes_only_in_the_else_of_a_loop(path):
    else_file = open(path)  # LEK502
    for line in else_file:
        if "=" in line:
            break
    else:
        else_file.close()
        return None
    return line


def returns_from_an_endless_loop(path, size):
    chunked = open(path, "rb")  # LEK502
    total = 0
    while True:
        chunk = chunked.read(size)
        if not chunk:
            return total
        total += len(chunk)
        if total > size:
            break
    chunked.close()
    return -1


def closes_before_it_continues(paths, unwanted):
    for path in paths:
        went_on = open(path)  # silent LEK502: went_on.close() => pass
        if path in unwanted:
            went_on.close()
            continue
        with went_on:
            print(went_on.read())


def inner_break_leaves_the_inner_loop_only(paths, marks):
    for path in paths:
        inner = open(path)  # silent LEK502: break  # of the marks => return
        for mark in marks:
            if mark == path:
                break  # of the marks
        inner.close()


def breaks_and_closes_behind_the_loop(path, marks):
    behind = open(path)  # silent LEK502: break  # to the close => return
    for mark in marks:
        if mark == path:
            break  # to the close
    behind.close()


def breaks_with_what_it_returns(paths, wanted):
    for path in paths:
        chosen = open(path)  # silent LEK502: return chosen => return chosen.name
        if path == wanted:
            break
        chosen.close()
    else:
        return None
    return chosen


def loop_and_its_else_both_close(path, marks):
    either_way = open(path)  # silent LEK502: either_way.close()  # found => pass
    for mark in marks:
        if mark == path:
            either_way.close()  # found
            return True
    else:
        either_way.close()
    return False


def continue_under_finally(paths, unwanted):
    for path in paths:
        each_time = open(path)  # silent LEK502: seen = path => if not path: continue
        seen = path
        try:
            if seen in unwanted:
                continue
            print(each_time.read())
        finally:
            each_time.close()


def while_with_a_condition(path, rounds):
    rounded = open(path)  # silent LEK502: rounds -= 1 => return
    while rounds > 0:
        rounds -= 1
    rounded.close()


def retries_until_it_is_open(address):
    connected = None
    while connected is None:
        try:
            connected = socket.create_connection(address)  # silent LEK501: with connected: => if connected:
        except OSError:
            time.sleep(1)
    with connected:
        return connected.recv(1)


# Handlers that forget what was half done.


def next_address_after_a_failure(infos):
    for family, kind, proto, _, address in infos:
        try:
            half_open = socket.socket(family, kind, proto)  # LEK502
            half_open.connect(address)
        except OSError:
            continue
        return half_open
    return None


def probes_again_and_again(address):
    while True:
        try:
            probe = socket.create_connection(address)  # LEK502
            probe.sendall(b"hello")
            return probe
        except OSError:
            time.sleep(1)


def answers_none_on_an_error(dsn, query):
    shop_db = psycopg2.connect(dsn)  # LEK502
    try:
        rows = shop_db.cursor().execute(query)
    except psycopg2.Error:
        return None
    shop_db.close()
    return rows


def says_that_it_failed(path):
    try:
        spoken = open(path, "rb")  # LEK502
        content = spoken.read()
        spoken.close()
    except OSError:
        print("cannot read", path)
        content = b""
    return content


def health_check(dsn):
    try:
        checked_db = psycopg2.connect(dsn)  # LEK502
        checked_db.cursor().execute("SELECT 1")
        checked_db.close()
    except Exception:
        return False
    return True


def closes_in_the_handler_only(path):
    one_sided = open(path)  # LEK502
    try:
        text = one_sided.read()
    except Exception:
        one_sided.close()
        raise
    return text


def closes_in_the_else_only(path):
    else_only = open(path, "w")  # LEK502
    try:
        else_only.write("x")
    except Exception:
        print("not written")
    else:
        else_only.close()


def closes_in_one_of_two_handlers(path):
    two_handlers = open(path)  # LEK502
    try:
        text = two_handlers.read()
    except UnicodeDecodeError:
        return ""
    except Exception:
        two_handlers.close()
        raise
    two_handlers.close()
    return text


def suppresses_the_error(path):
    with contextlib.suppress(Exception):
        hidden = open(path, "w")  # LEK502
        hidden.write("x")
        hidden.close()


def closes_the_half_open_one(infos):
    for family, kind, proto, _, address in infos:
        dialed = None
        try:
            dialed = socket.socket(family, kind, proto)  # silent LEK502: dialed.close() => pass
            dialed.connect(address)
        except OSError:
            if dialed is not None:
                dialed.close()
            continue
        return dialed
    return None


def only_the_open_is_tried(path):
    try:
        new_file = open(path)  # silent LEK502: new_file = open(path) => new_file = open(path); new_file.read(1)
    except OSError:
        return None
    with new_file:
        return new_file.read()


def closes_before_it_answers(dsn, query):
    answered_db = psycopg2.connect(dsn)  # silent LEK502: answered_db.close()  # failed => pass
    try:
        rows = answered_db.cursor().execute(query)
    except Exception:
        answered_db.close()  # failed
        return None
    answered_db.close()
    return rows


def handler_falls_through_to_the_close(path):
    fell_through = open(path)  # silent LEK502: text = "unread" => return None
    try:
        text = fell_through.read()
    except Exception:
        text = "unread"
    fell_through.close()
    return text


def with_in_the_else(path):
    try:
        tried_file = open(path)  # silent LEK502: path = path or "" => return ""
    except OSError:
        return None
    else:
        path = path or ""
        with tried_file:
            return tried_file.read()


# `finally` comes last, whichever way out is taken.


def returns_before_the_try(path, limit):
    ahead = open(path)  # LEK502
    if limit == 0:
        return ""
    try:
        return ahead.read(limit)
    finally:
        ahead.close()


def finally_that_swallows(path):
    size = 0
    try:
        swallowed = open(path)  # LEK502
        size = len(swallowed.read())
        swallowed.close()
    finally:
        return size


def finally_that_forgets(source, target):
    from_file = open(source, "rb")  # LEK502
    with open(target, "wb") as to_file:
        try:
            content = from_file.read()
            if not content:
                return 0
            to_file.write(content)
            from_file.close()
            return len(content)
        finally:
            print(target)


def finally_covers_every_exit(paths, limit):
    for path in paths:
        covered = open(path)  # silent LEK502: size = limit => if not limit: break
        size = limit
        try:
            if size == 0:
                return ""
            if size == 1:
                break
            if size == 2:
                continue
            if size == 3:
                raise ValueError(size)
            print(covered.read(size))
        finally:
            covered.close()


def finally_closes_and_returns(path):
    size = 0
    ended = open(path)  # silent LEK502: size = 12 => return 12
    size = 12
    try:
        size = len(ended.read())
    finally:
        ended.close()
        return size


def all_four_clauses(path):
    fourfold = None
    try:
        fourfold = open(path)  # silent LEK501: fourfold.close() => fourfold.flush()
        text = fourfold.read()
    except OSError:
        return None
    else:
        return text
    finally:
        if fourfold:
            fourfold.close()


def finally_inside_an_except(path, backup):
    try:
        return os.stat(path)
    except OSError:
        rescued = open(backup)  # silent LEK502: backup = None => return None
        backup = None
        try:
            return rescued.read()
        finally:
            rescued.close()


def outer_finally(path, limit):
    outer = open(path)  # silent LEK501: outer.close() => outer.flush()
    try:
        try:
            if limit == 0:
                return ""
        finally:
            limit = 1
        return outer.read(limit)
    finally:
        outer.close()


# `with`: several items, and the standard closers.


def leaves_before_a_block_of_two(path, other, limit):
    left = open(path)  # LEK502
    right = open(other)  # LEK502
    if limit == 0:
        return None
    with left, right:
        return left.read(limit) + right.read(limit)


def leaves_before_closing(address, limit):
    lazy = socket.create_connection(address)  # LEK502
    if limit == 0:
        return b""
    with contextlib.closing(lazy):
        return lazy.recv(limit)


def leaves_before_it_is_on_the_stack(path, limit):
    with contextlib.ExitStack() as stack:
        unstacked = open(path)  # LEK502
        if limit == 0:
            return ""
        stack.callback(unstacked.close)
        return unstacked.read(limit)


def leaves_a_block_of_another(path, other, limit):
    with open(other) as template:
        alongside = open(path, "w")  # LEK502
        if limit == 0:
            return
        alongside.write(template.read(limit))
        alongside.close()


def parenthesised_block(path, other, limit):
    first_item = open(path)  # silent LEK502: limit = limit or 5 => if limit == 0: return ""
    limit = limit or 5
    with (first_item, open(other) as second_item):
        if limit == 5:
            return ""
        return second_item.read(limit)


def closing_a_name(address, limit):
    wrapped_socket = socket.create_connection(address)  # silent LEK502: limit = limit or 6 => if limit == 0: return b""
    limit = limit or 6
    with contextlib.closing(wrapped_socket):
        if limit == 6:
            return b""
        return wrapped_socket.recv(limit)


def on_the_stack_first(path, limit):
    with contextlib.ExitStack() as stack:
        stacked = open(path)  # silent LEK502: limit = limit or 7 => if limit == 0: return ""
        limit = limit or 7
        stack.enter_context(stacked)
        if limit == 7:
            return ""
        return stacked.read(limit)


def pushed_on_a_given_stack(stack, path, limit):
    pushed = open(path)  # silent LEK502: limit = limit or 8 => if limit == 0: return ""
    limit = limit or 8
    stack.push(pushed)
    if limit == 8:
        return ""
    return pushed.read(limit)


# `match`.


def one_case_returns(path, mode):
    matched = open(path)  # LEK502
    match mode:
        case "none":
            return ""
        case "line":
            text = matched.readline()
        case _:
            text = matched.read()
    matched.close()
    return text


def one_case_forgets(path, mode):
    case_file = open(path)  # LEK502
    match mode:
        case "line":
            text = case_file.readline()
        case _:
            text = case_file.read()
            case_file.close()
    return text


def every_case_closes(path, mode):
    all_cases = open(path)  # silent LEK502: all_cases.close() => pass
    match mode:
        case "none":
            all_cases.close()
            return ""
        case _:
            with all_cases:
                return all_cases.read()


def closed_after_the_cases(path, mode):
    after_cases = open(path)  # silent LEK502: size = 11 => return ""
    match mode:
        case "short":
            size = 11
        case _:
            size = -1
    with after_cases:
        return after_cases.read(size)


# Functions in functions: a return leaves its own function only.


def inner_function_leaves_early(paths):
    def first_word(path, limit):
        worded = open(path)  # LEK502
        if limit == 0:
            return ""
        with worded:
            return worded.read(limit)

    return [first_word(path, 5) for path in paths]


def inner_return_is_not_ours(path):
    apart = open(path)  # silent LEK502: path = str(path) => if not path: return []
    path = str(path)

    def shorten(line):
        if not line:
            return None
        return line[:10]

    with apart:
        return [shorten(line) for line in apart]


# Generators.


def generator_returns_early(path, limit):
    generated = open(path)  # LEK502
    if limit == 0:
        return
    with generated:
        yield from generated


def generator_breaks(paths, limit):
    for path in paths:
        paged = open(path)  # LEK502
        if limit == 0:
            break
        with paged:
            yield paged.readline()


def generator_returns_inside_the_block(path, limit):
    lined = open(path)  # silent LEK502: limit = limit or 9 => if limit == 0: return
    limit = limit or 9
    with lined:
        if limit == 9:
            return
        yield from lined


# Coroutines.


async def coroutine_returns_early(dsn, query):
    pg_link = await asyncpg.connect(dsn)  # LEK502
    if not query:
        return []
    try:
        return await pg_link.fetch(query)
    finally:
        await pg_link.close()


async def returns_from_an_async_loop(dsn, rows, wanted):
    looped_link = await asyncpg.connect(dsn)  # LEK502
    async for row in rows:
        if row == wanted:
            return row
    await looped_link.close()
    return None


async def stream_that_answers_wrongly(host):
    reader, writer = await asyncio.open_connection(host, 80)  # LEK502
    greeting = await reader.readline()
    if not greeting:
        return None
    writer.close()
    return greeting


async def leaves_before_the_async_block(url, limit):
    later_web = aiohttp.ClientSession()  # LEK502
    if limit == 0:
        return ""
    async with later_web:
        async with later_web.get(url) as response:
            return await response.text()


async def closes_before_it_leaves(dsn, query):
    tidy_link = await asyncpg.connect(dsn)  # silent LEK502: await tidy_link.close()  # no query => pass
    if not query:
        await tidy_link.close()  # no query
        return []
    try:
        return await tidy_link.fetch(query)
    finally:
        await tidy_link.close()


async def returns_inside_the_async_block(url, limit):
    inner_web = aiohttp.ClientSession()  # silent LEK502: limit = limit or 10 => if limit == 0: return ""
    limit = limit or 10
    async with inner_web:
        if limit == 10:
            return ""
        async with inner_web.get(url) as response:
            return await response.text()


async def async_loop_under_finally(dsn, rows, wanted):
    final_link = await asyncpg.connect(dsn)  # silent LEK502: found = None => if not rows: return None
    found = None
    try:
        async for row in rows:
            if row == wanted:
                return row
    finally:
        await final_link.close()
    return found


# Handed over on one way out, forgotten on another.


def returns_it_or_nothing(path, mode):
    handed = open(path, "rb")  # LEK502
    if handed.read(2) != mode:
        return None
    handed.seek(0)
    return handed


def keeps_it_or_nothing(path, opened):
    filed = open(path)  # LEK502
    if path in opened:
        return opened[path]
    opened[path] = filed
    return filed


def passes_it_on_or_not(address, serve, ready):
    guest = socket.create_connection(address)  # LEK502
    if not ready:
        return False
    serve(guest)
    return True


class Journal:
    def __init__(self):
        self.log = None

    def attach(self, path, wanted):
        attached = open(path, "a")  # LEK502
        if not wanted or self.log is not None:
            return
        self.log = attached

    def attach_or_close(self, path, wanted):
        joined_log = open(path, "a")  # silent LEK502: joined_log.close() => pass
        if not wanted or self.log is not None:
            joined_log.close()
            return
        self.log = joined_log

    def close(self):
        if self.log is not None:
            self.log.close()


def returns_it_on_every_way(path, zipped):
    whichever = open(path, "rb")  # silent LEK502: return whichever, path => return None, path
    if zipped:
        return whichever, path
    return whichever, None


def keeps_it_on_every_way(path, opened, other):
    sorted_in = open(path)  # silent LEK502: other[path] = sorted_in => return
    if path in opened:
        other[path] = sorted_in
    else:
        opened[path] = sorted_in


# Sockets, processes, descriptors, temporary files.


def connects_or_gives_up(address):
    knocked = socket.socket()  # LEK502
    if knocked.connect_ex(address) != 0:
        return None
    return knocked


def asks_whether_a_port_is_open(address):
    asked = socket.socket()  # silent LEK501: with contextlib.closing(asked): => if asked:
    with contextlib.closing(asked):
        if asked.connect_ex(address) != 0:
            return False
        return True


def waits_for_a_line(command):
    child = subprocess.Popen(command, stdout=subprocess.PIPE)  # LEK502
    for line in child.stdout:
        if b"ready" in line:
            return line
    child.wait()
    return None


def reaps_a_child_on_every_way(command, fast):
    reaped = subprocess.Popen(command)  # silent LEK502: reaped.kill() => return
    if fast:
        reaped.kill()
    reaped.communicate()


def locks_or_gives_up(path, busy):
    lock_fd = os.open(path, os.O_RDWR)  # LEK502
    if busy:
        return False
    os.close(lock_fd)
    return True


def writes_a_temporary_file(data):
    temp_fd, path = tempfile.mkstemp()  # LEK502
    if not data:
        return path
    with os.fdopen(temp_fd, "wb") as file:
        file.write(data)
    return path


def forgets_one_end_of_a_pipe(quick):
    read_end, write_end = os.pipe()  # LEK502
    if quick:
        os.close(read_end)
        return
    os.close(read_end)
    os.close(write_end)


def unpacks_or_complains(path, target):
    archive = zipfile.ZipFile(path)  # LEK502
    if archive.testzip():
        raise ValueError(path)
    archive.extractall(target)
    archive.close()


def closes_the_lock(path, busy):
    free_fd = os.open(path, os.O_RDWR)  # silent LEK502: os.close(free_fd)  # busy => pass
    if busy:
        os.close(free_fd)  # busy
        return False
    os.close(free_fd)
    return True


def closes_the_temporary_descriptor(data):
    empty_fd, path = tempfile.mkstemp()  # silent LEK502: os.close(empty_fd) => pass
    if not data:
        os.close(empty_fd)
        return path
    with os.fdopen(empty_fd, "wb") as file:
        file.write(data)
    return path


def closes_both_ends(quick):
    source_end, sink_end = os.pipe()  # silent LEK502: os.close(sink_end)  # quick => pass
    if quick:
        os.close(source_end)
        os.close(sink_end)  # quick
        return
    os.close(source_end)
    os.close(sink_end)


# Wrapper and wrapped are one resource: closing either is enough, on every way out.


def forgets_the_wrapper(path, limit):
    core = open(path, "rb")  # LEK502
    shell = io.TextIOWrapper(core)
    if limit == 0:
        return ""
    text = shell.read(limit)
    shell.close()
    return text


def returns_a_row(path, wanted):
    row_file = open(path, newline="")  # LEK502
    for row in csv.reader(row_file):
        if row[0] == wanted:
            return row
    row_file.close()
    return None


def closes_the_wrapper_or_the_wrapped(path, limit):
    kernel = open(path, "rb")  # silent LEK502: kernel.close() => pass
    if limit == 0:
        kernel.close()
        return ""
    with io.TextIOWrapper(kernel) as text:
        return text.read(limit)


def moves_to_the_same_name(path, coded, limit):
    moved = open(path, "rb")  # silent LEK502: coded = coded or "utf-8" => if not coded: return ""
    coded = coded or "utf-8"
    moved = io.TextIOWrapper(moved, encoding=coded)
    with moved:
        return moved.read(limit)


# Helpers and factories of this file.


def shut(handle):
    if handle is not None:
        handle.close()


def size_of(handle):
    return len(handle.read())


def open_log(path):
    return open(path, "a")


def helper_only_reads(path):
    measured = open(path)  # LEK502
    if size_of(measured) == 0:
        return None
    measured.close()
    return path


def helper_closes(path, limit):
    helped = open(path)  # silent LEK502: shut(helped) => size_of(helped)
    if limit == 0:
        shut(helped)
        return ""
    with helped:
        return helped.read(limit)


def leaves_what_a_factory_made(path, text):
    made_log = open_log(path)  # LEK502
    if not text:
        return
    with made_log:
        made_log.write(text)


def closes_what_a_factory_made(path, text):
    fresh_log = open_log(path)  # silent LEK502: fresh_log.close() => pass
    if not text:
        fresh_log.close()
        return
    with fresh_log:
        fresh_log.write(text)


class Dialer:
    def __init__(self, address):
        self.address = address

    def _dial(self):
        return socket.create_connection(self.address)

    def _hang_up(self, link):
        link.close()

    def leaves_its_own(self, data):
        own_link = self._dial()  # LEK502
        if not data:
            return
        with own_link:
            own_link.sendall(data)

    def hangs_up_its_own(self, data):
        calm_link = self._dial()  # silent LEK502: self._hang_up(calm_link) => pass
        if not data:
            self._hang_up(calm_link)
            return
        with calm_link:
            calm_link.sendall(data)


# Constructors: who never gets the object cannot close it.


class RaisingReader:
    def __init__(self, path):
        self.stream = open(path, "rb")  # LEK502
        if self.stream.read(4) != b"RIFF":
            raise ValueError("not a sound file")

    def close(self):
        self.stream.close()


class CheckingReader:
    def __init__(self, path):
        self.source = open(path, "rb")  # LEK502
        self._check()

    def _check(self):
        if self.source.read(4) != b"RIFF":
            raise ValueError("not a sound file")

    def close(self):
        self.source.close()


def require(text):
    if not text:
        raise ValueError("empty")


# A method of its own that raises belongs to the constructor; any other function is a call that may fail.
class RequiringReader:
    def __init__(self, path):
        self.feed = open(path)  # LEK551
        require(self.feed.readline())

    def close(self):
        self.feed.close()


class EnteringReader:
    def __init__(self, path):
        self.path = path

    def __enter__(self):
        self.entered = open(self.path)  # LEK502
        if not self.entered.readline():
            raise ValueError("empty")
        return self

    def __exit__(self, *exc):
        self.entered.close()


class AsyncEnteringClient:
    def __init__(self, token):
        self.token = token

    async def __aenter__(self):
        self.web = aiohttp.ClientSession()  # LEK502
        if not self.token:
            raise RuntimeError("no token")
        return self

    async def __aexit__(self, *exc):
        await self.web.close()


class LocalInConstructor:
    def __init__(self, path, mode):
        config_file = open(path)  # LEK502
        if mode != "r":
            raise ValueError(mode)
        with config_file:
            self.text = config_file.read()


class ClosingReader:
    def __init__(self, path, mode):
        self.shut_stream = open(path, "rb")  # silent LEK502: self.shut_stream.close()  # wrong mode => pass
        if mode != "r":
            self.shut_stream.close()  # wrong mode
            raise ValueError(mode)

    def close(self):
        self.shut_stream.close()


class ReaderThatClosesItself:
    def __init__(self, path, mode):
        self.own_stream = open(path, "rb")  # silent LEK502: self.close()  # itself => pass
        if mode != "r":
            self.close()  # itself
            raise ValueError(mode)

    def close(self):
        self.own_stream.close()


class ReaderThatChecksFirst:
    def __init__(self, path, mode):
        if mode != "r":
            raise ValueError(mode)
        self.late_stream = open(path, "rb")  # silent LEK502: self.mode = mode => raise ValueError(path)
        self.mode = mode

    def close(self):
        self.late_stream.close()


class ReaderWithTry:
    def __init__(self, path):
        self.safe_stream = open(path, "rb")  # silent LEK502: self.size = None => self._require(path)
        self.size = None
        try:
            if self.safe_stream.read(4) != b"RIFF":
                raise ValueError("not a sound file")
        except BaseException:
            self.safe_stream.close()
            raise

    def _require(self, path):
        if not path:
            raise ValueError("empty")

    def close(self):
        self.safe_stream.close()


class ReaderWithFinalizer:
    def __init__(self, path, mode):
        self.last_stream = open(path, "rb")  # silent LEK502: def __del__( => def close(
        if mode != "r":
            raise ValueError(mode)

    def __del__(self):
        self.last_stream.close()


class ReaderOfLines:
    def __init__(self, path):
        self.lines_file = open(path)  # silent LEK502: self.position = 0 => self.position = 0; self.seek_to(0)
        self.position = 0

    # Called later, on an object that its owner can close.
    def seek_to(self, position):
        if position == self.position:
            raise ValueError(position)

    def close(self):
        self.lines_file.close()


# What was given is its giver's.


def leaves_what_was_given(stream, limit):
    if limit == 0:
        return ""
    text = stream.read(limit)
    stream.close()
    return text
