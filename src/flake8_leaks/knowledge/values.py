"""What resources hand out: plain data, or something that still holds them.

Method and attribute names are those of files, sockets, connections, cursors, responses and processes in the standard
library and PEP 249. Functions are qualified names that read or write a file they are given and keep nothing of it.
"""

from __future__ import annotations

#: Methods whose result no longer depends on the resource.
DATA_METHODS: frozenset[str] = frozenset(
    """
    read read1 readline readlines readinto readall read_text read_bytes write writelines getvalue tell seek
    truncate flush isatty readable writable seekable recv recvfrom recv_into recv_bytes send sendall sendto
    sendfile getsockname getpeername setsockopt getsockopt settimeout gettimeout setblocking bind listen
    accept connect connect_ex fetchone fetchall fetchmany fetchval fetchrow fetch commit rollback executemany
    executescript poll wait communicate send_signal getcode geturl getheader getheaders info json namelist
    infolist getinfo extract extractall testzip getnames getmember getmembers keys decode strip split
    splitlines putrequest putheader endheaders request sendmail send_message login starttls ehlo noop
    get_nowait put put_nowait qsize empty full is_alive start submit savefig tight_layout set_size_inches
    """.split()
)
#: Attributes that are plain data.
DATA_ATTRIBUTES: frozenset[str] = frozenset(
    """
    name names mode encoding closed newlines returncode args status status_code code reason headers url text
    content ok msg version lastrowid rowcount description family type proto timeout filename filelist comment
    exitcode daemon ident server_port server_address width height size format info port host
    """.split()
)
#: Attributes by which someone else goes on with the resource: who notes a process's id means it to live on.
HANDLES: frozenset[str] = frozenset({"pid"})
#: Functions that read from or write to a file and keep nothing of it.
READERS: frozenset[str] = frozenset(
    """
    csv.reader csv.writer csv.DictReader csv.DictWriter os.read os.write os.fstat os.lseek os.fsync
    subprocess.run subprocess.call subprocess.check_call subprocess.check_output json.load json.dump pickle.load
    pickle.dump cPickle.load dill.load dill.dump cloudpickle.load cloudpickle.dump marshal.load marshal.dump
    plistlib.load plistlib.dump tomllib.load tomli.load toml.load toml.dump tomli_w.dump yaml.load
    yaml.safe_load yaml.full_load yaml.dump yaml.safe_dump ujson.load ujson.dump simplejson.load simplejson.dump
    orjson.loads shutil.copyfileobj hashlib.file_digest joblib.load joblib.dump xml.etree.ElementTree.parse
    lxml.etree.parse tokenize.detect_encoding numpy.loadtxt numpy.savetxt numpy.fromfile pandas.read_csv
    pandas.read_json pandas.read_parquet torch.load
    """.split()
)
#: Calls that make a callable out of a callable and some of its arguments, and keep both.
PARTIALS: frozenset[str] = frozenset({"functools.partial", "functools.partialmethod"})
#: Of the functions that look or read, those whose result goes on reading from what they were given.
LAZY: frozenset[str] = frozenset(
    """
    builtins.iter builtins.enumerate builtins.zip builtins.map builtins.filter builtins.reversed csv.reader csv.writer
    csv.DictReader csv.DictWriter
    """.split()
)
#: Methods that end a resource, whatever its table says: an unknown way to release is a release.
ENDINGS: frozenset[str] = frozenset(
    """
    serve_forever close aclose wait_closed terminate kill shutdown stop quit disconnect release join cleanup
    detach cancel abort dispose destroy finish end logout unlink unregister server_close close_all closeall
    finalize free communicate wait __exit__ __aexit__ close_connection drain end_run stop_stream unbind term
    reset
    """.split()
)
#: Calls without arguments, or on anything at all, that give a value of a small fixed set.
FIXED_CALLS: frozenset[str] = frozenset(
    """
    builtins.type builtins.bool builtins.isinstance builtins.callable os.getpid threading.get_ident
    threading.current_thread asyncio.get_event_loop asyncio.get_running_loop os.getcwd
    """.split()
)
