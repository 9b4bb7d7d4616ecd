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
    executescript poll select wait communicate send_signal getcode geturl getheader getheaders info json namelist
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
#: Functions that make one value of another and do nothing else.
PARSERS: frozenset[str] = frozenset(
    """
    json.loads json.dumps ast.parse ast.literal_eval tomllib.loads tomli.loads toml.loads yaml.load yaml.safe_load
    plistlib.loads pickle.loads marshal.loads base64.b64encode base64.b64decode zlib.decompress gzip.decompress
    xml.etree.ElementTree.fromstring io.StringIO io.BytesIO csv.reader
    re.search re.match re.fullmatch re.findall re.split re.sub textwrap.dedent html.unescape
    """.split()
)
#: Functions that read from or write to a file and keep nothing of it.
READERS: frozenset[str] = frozenset(
    """
    csv.reader csv.writer csv.DictReader csv.DictWriter os.read os.write os.fstat os.lseek os.fsync
    subprocess.run subprocess.call subprocess.check_call subprocess.check_output subprocess.Popen
    asyncio.create_subprocess_exec asyncio.create_subprocess_shell fcntl.flock fcntl.lockf fcntl.fcntl select.select
    configparser.ConfigParser.read_file configparser.RawConfigParser.read_file configparser.ConfigParser.readfp
    configparser.RawConfigParser.readfp email.message_from_file email.message_from_binary_file
    email.parser.Parser.parse email.parser.BytesParser.parse xml.dom.minidom.parse xml.sax.parse
    xml.etree.cElementTree.parse defusedxml.ElementTree.parse base64.encode base64.decode bs4.BeautifulSoup
    lxml.html.parse lxml.etree.fromstring html5lib.parse imp.load_source numpy.genfromtxt numpy.save numpy.savez
    os.fchmod os.ftruncate os.sendfile json.load json.dump pickle.load
    pickle.dump cPickle.load dill.load dill.dump cloudpickle.load cloudpickle.dump marshal.load marshal.dump
    plistlib.load plistlib.dump tomllib.load tomli.load toml.load toml.dump tomli_w.dump yaml.load
    yaml.safe_load yaml.full_load yaml.dump yaml.safe_dump ujson.load ujson.dump simplejson.load simplejson.dump
    orjson.loads shutil.copyfileobj hashlib.file_digest joblib.load joblib.dump xml.etree.ElementTree.parse
    lxml.etree.parse tokenize.detect_encoding numpy.loadtxt numpy.savetxt numpy.fromfile pandas.read_csv
    pandas.read_json pandas.read_parquet pandas.read_sql pandas.read_sql_query
    pandas.read_sql_table torch.load
    """.split()
)
#: What begins something on a receiver -> what ends it there. Pairs such as open_tag and close_tag are left out: they
#: balance what is written, and after an error nobody reads it.
PAIRS: dict[str, frozenset[str]] = {
    "acquire": frozenset({"release"}),
    "lock": frozenset({"unlock", "release"}),
    "start": frozenset({"stop", "terminate", "kill", "shutdown", "join", "cancel", "quit"}),
    "startup": frozenset({"shutdown"}),
    "connect": frozenset({"disconnect", "close", "quit", "shutdown"}),
    "open": frozenset({"close"}),
    "login": frozenset({"logout", "quit", "close"}),
    "mount": frozenset({"unmount", "umount"}),
    "__enter__": frozenset({"__exit__"}),
    "__aenter__": frozenset({"__aexit__"}),
}
#: Decorators that make a context manager of a generator.
MANAGERS: frozenset[str] = frozenset({"contextlib.contextmanager", "contextlib.asynccontextmanager"})
#: Decorators of generators whose users are through with what is yielded when the generator goes on.
FIXTURES: frozenset[str] = frozenset({"pytest.fixture", "pytest.yield_fixture", "pytest_asyncio.fixture"})
#: Methods by which a pool gets back what it lent: `pool.putconn(x)`.
GIVING_BACK: frozenset[str] = frozenset(
    """
    putconn put put_nowait release checkin check_in give_back putback put_back put_connection release_connection
    return_connection close free
    """.split()
)
#: Functions and methods that remove what stands at a path.
REMOVERS: frozenset[str] = frozenset({"unlink", "remove", "rmdir", "removedirs", "rmtree"})
#: Callables that keep what they are given, or the way to release it, until it is time.
TAKERS: frozenset[str] = frozenset(
    """
    callback push push_async_callback push_async_exit enter_context enter_async_context enterContext closing aclosing
    enterAsyncContext finalize register addCleanup addAsyncCleanup addfinalizer append add insert extend setdefault
    """.split()
)
#: Functions that make another path of a path.
PATH_MAKERS: frozenset[str] = frozenset(
    """
    os.path.join os.path.abspath os.path.realpath os.path.normpath os.path.expanduser os.fspath os.fsencode os.fsdecode
    pathlib.Path pathlib.PurePath pathlib.PosixPath builtins.str
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
#: Kinds of resources whose elements, and those of what they hand out, are plain data: lines, rows.
ITERATED: frozenset[str] = frozenset({"file", "temporary file", "response", "connection", "database", "cursor"})
#: Of the functions that read a file, those that do so only when their result is waited for.
WAITED_FOR: frozenset[str] = frozenset({"asyncio.create_subprocess_exec", "asyncio.create_subprocess_shell"})
#: Functions that keep what they are given by name.
KEEPING: frozenset[str] = frozenset({"builtins.dict"})
#: Methods that run a statement on a database, hand out a cursor, and may leave a transaction open; and the first words
#: of statements that change nothing.
RUNNING: frozenset[str] = frozenset({"execute", "executemany", "executescript"})
READING_SQL: frozenset[str] = frozenset({"SELECT", "PRAGMA", "EXPLAIN", "WITH", "VALUES"})
#: Arguments by which others share what is opened, for as long as anyone has it open.
SHARING: frozenset[str] = frozenset({"uri"})
#: Arguments that make a reader hand out what it reads bit by bit.
IN_PARTS: frozenset[str] = frozenset({"chunksize", "iterator"})
#: Functions, and methods of a resource, that claim something for as long as it is open: a lock, an address.
CLAIMING: frozenset[str] = frozenset(
    {
        "fcntl.flock", "fcntl.lockf", "fcntl.fcntl", "msvcrt.locking", "portalocker.lock", "socket.create_server",
        "multiprocessing.connection.Listener",
    }
)  # fmt: skip
#: What is put around a file and writes to it when it is closed or flushed itself.
BUFFERS: frozenset[str] = frozenset(
    {
        "io.TextIOWrapper", "io.BufferedWriter", "io.BufferedRandom", "gzip.GzipFile", "bz2.BZ2File", "lzma.LZMAFile",
        "zipfile.ZipFile", "tarfile.open", "tarfile.TarFile", "wave.open",
    }
)  # fmt: skip
#: Functions by which the whole process goes on with what they are given.
PROCESS_WIDE: frozenset[str] = frozenset(
    {"os.chdir", "os.fchdir", "os.chroot", "sys.path.append", "sys.path.insert", "site.addsitedir", "os.dup2"}
)
CLAIMING_METHODS: frozenset[str] = frozenset({"bind", "listen", "lock"})
#: Methods that end a resource, whatever its table says: an unknown way to release is a release.
ENDINGS: frozenset[str] = frozenset(
    """
    serve_forever close aclose wait_closed terminate kill shutdown stop quit disconnect release cleanup
    detach cancel abort dispose destroy finish end logout unlink unregister server_close close_all closeall
    finalize free __exit__ __aexit__ close_connection drain end_run stop_stream unbind term
    reset
    """.split()
)
#: Of the methods that end a resource, those that may be told how.
TAKING: frozenset[str] = frozenset(
    """
    close aclose shutdown wait communicate join __exit__ __aexit__ terminate disconnect close_connection quit
    """.split()
)
#: Endings that an error must not skip. The others say of a success as much as of an end: waiting for it, closing a
#: span, restoring a state.
RELEASES: frozenset[str] = ENDINGS - frozenset(
    """
    serve_forever wait_closed reset abort finish end end_run finalize unregister unbind unlink detach drain
    """.split()
)
#: Methods that end a process, a thread or a pool by waiting for it.
WAITS: frozenset[str] = frozenset({"wait", "communicate", "join"})
#: Calls without arguments, or on anything at all, that give a value of a small fixed set.
FIXED_CALLS: frozenset[str] = frozenset(
    """
    builtins.type builtins.bool builtins.isinstance builtins.callable os.getpid threading.get_ident
    threading.current_thread asyncio.get_event_loop asyncio.get_running_loop os.getcwd
    """.split()
)
#: Methods that do not fail on what they are used for: of strings, lists, sets, dicts and loggers.
CALM_METHODS: frozenset[str] = frozenset(
    """
    append add extend insert items keys values get copy setdefault startswith endswith strip rstrip lstrip lower upper
    split rsplit splitlines join format replace debug info warning error exception critical log isEnabledFor
    perf_counter monotonic time fileno close is_set set
    """.split()
)
#: Functions that do not fail on what they are used for.
CALM_FUNCTIONS: frozenset[str] = frozenset(
    """
    contextlib.suppress contextlib.nullcontext contextlib.closing contextlib.ExitStack contextlib.AsyncExitStack
    time.time time.monotonic time.perf_counter os.getpid os.fsdecode os.fsencode functools.partial
    collections.deque collections.defaultdict threading.Lock threading.RLock threading.Event
    """.split()
)
#: Methods that do what can fail: they talk to a file, a peer, a server or a child process, or take data apart.
FAILING_METHODS: frozenset[str] = frozenset(
    """
    connect bind accept send sendall sendto sendmsg sendfile recv recvfrom recvmsg recv_into recv_bytes send_bytes read
    readline readlines readinto read1 readexactly readuntil readall write writelines flush truncate execute executemany
    executescript fetchone fetchall fetchmany fetchval fetchrow fetch query commit begin request getresponse urlopen
    post patch start run login starttls ehlo helo sendmail send_message cwd retrbinary storbinary retrlines storlines
    load loads dump parse extract extractall extractfile unpack unpack_from open copy rename mkdir makedirs unlink
    chmod chown touch read_text write_text read_bytes write_bytes save savefig download upload download_file
    upload_file check_output raise_for_status json publish subscribe ping auth authenticate do_handshake negotiate
    drain run_until_complete exec_command invoke_shell open_session open_sftp launch goto new_page new_context navigate
    submit result map starmap imap apply writerow writerows create_table to_csv to_excel to_sql to_parquet read_csv
    namelist infolist getmembers testzip
    """.split()
)
#: Modules whose functions do, and what of theirs does not.
FAILING_MODULES: frozenset[str] = frozenset(
    """
    os shutil subprocess socket ssl urllib requests httpx json pickle marshal struct yaml tarfile zipfile gzip bz2 lzma
    sqlite3 tempfile configparser plistlib tomllib fcntl select asyncio importlib runpy
    """.split()
)
SAFE_FUNCTIONS: frozenset[str] = frozenset(
    """
    os.getpid os.getppid os.getcwd os.umask os.fstat os.getuid os.geteuid os.getgid os.getegid os.set_blocking
    os.set_inheritable os.fsencode os.fsdecode os.fspath os.lseek os.isatty os.getenv os.cpu_count os.urandom
    os.environ.get os.environ.copy os.environ.setdefault os.environ.pop json.dumps struct.pack struct.calcsize
    struct.Struct asyncio.get_event_loop asyncio.get_running_loop asyncio.create_task asyncio.ensure_future
    asyncio.Event asyncio.Lock asyncio.Queue asyncio.Future asyncio.current_task asyncio.sleep tempfile.gettempdir
    socket.gethostname socket.inet_aton socket.htons socket.htonl socket.getdefaulttimeout yaml.dump
    urllib.parse.urlparse urllib.parse.urlsplit urllib.parse.quote urllib.parse.urlencode urllib.request.Request
    requests.Session requests.session httpx.Client httpx.AsyncClient httpx.Timeout subprocess.list2cmdline
    importlib.metadata.version ssl.create_default_context ssl.SSLContext shutil.which shutil.get_terminal_size
    """.split()
)
#: Functions that do not come back.
NO_RETURN: frozenset[str] = frozenset(
    {"sys.exit", "os._exit", "os.abort", "builtins.exit", "builtins.quit", "os.execv"}
)
