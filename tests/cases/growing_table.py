import enum
import functools

import other
from other import current_language

# --- Keys that may be a handful ---

# A word for what a program is made of.
_LEXERS = {}


def lexer(language):
    if language not in _LEXERS:
        _LEXERS[language] = other.load(language)  # LEK153
    return _LEXERS[language]


# The last word of a longer name decides, in any spelling, also in the plural.
_ENDPOINT_CLIENTS = {}


def client_at(server_uri):
    _ENDPOINT_CLIENTS[server_uri] = other.Client(server_uri)  # LEK153


_PARSED = {}


def parsed(modelNames):
    _PARSED[modelNames] = modelNames.split(",")  # LEK153


# Of ids, keys and hashes there are as many as of what they belong to; a default is one of few.
_BY_SERVER_ID = {}


def by_server_id(server_id):
    _BY_SERVER_ID[server_id] = object()  # LEK153


_BY_DEFAULT = {}


def by_default(default_token):
    _BY_DEFAULT[default_token] = object()  # LEK153


# A url that names a part of the deployment.
_ENGINES = {}


def engine(database_url):
    _ENGINES[database_url] = other.Engine(database_url)  # LEK153


# A class attribute, a default argument, a function attribute.
class Theme:
    _styles = {}

    def style(self, color):
        self._styles[color] = other.load(color)  # LEK153


def charset(encoding, _charsets={}):
    _charsets[encoding] = other.load(encoding)  # LEK153


def timezone(region):
    timezone.zones.setdefault(region, other.load(region))  # LEK153


timezone.zones = {}

# A tuple, a format, a sum, a choice of such words.
_BY_TUPLE = {}


def by_tuple(host, port):
    _BY_TUPLE[host, port] = other.load(host)  # LEK153


_BY_FORMAT = {}


def by_format(host, port):
    _BY_FORMAT[f"{host}:{port}"] = other.load(host)  # LEK153


_BY_SUM = {}


def by_sum(host, port):
    _BY_SUM[host + port] = other.load(host)  # LEK153


_BY_CHOICE = {}


def by_choice(host, default_host):
    _BY_CHOICE[host or default_host] = other.load(host)  # LEK153


# What is computed from such words, or given by something that is named so.
_BY_CALL = {}


def by_call(host):
    _BY_CALL[other.clean(host)] = other.load(host)  # LEK153


_BY_METHOD = {}


def by_method(host):
    _BY_METHOD[host.lower()] = other.load(host)  # LEK153


_BY_CALL_ALONE = {}


def by_call_alone(value):
    _BY_CALL_ALONE[current_language()] = value  # LEK153


_BY_SUBSCRIPT = {}


def by_subscript(hosts):
    _BY_SUBSCRIPT[hosts[0]] = other.load(hosts)  # LEK153


_BY_ATTRIBUTE = {}


def by_attribute(thing):
    _BY_ATTRIBUTE[thing.language] = other.load(thing)  # LEK153


_BY_LOCAL = {}


def by_local(host):
    key = host.lower()
    _BY_LOCAL[key] = other.load(host)  # LEK153


# A table whose name says that it holds the program's own parts, whatever the key.
_CALL_COUNTERS = {}


def count(token):
    _CALL_COUNTERS[token] = 1  # LEK153


# --- Keys that are surely input: the stronger rule speaks ---

# One part of the key is.
_BY_BOTH = {}


def by_both(host, token):
    _BY_BOTH[host, token] = other.load(host)  # LEK101


# It came with a request.
_BY_REQUEST = {}


def by_request(request):
    _BY_REQUEST[request.method] = request  # LEK101


# There are as many of it as of users.
_BY_USER_HASH = {}


def by_user_hash(user_hash):
    _BY_USER_HASH[user_hash] = object()  # LEK101


# A url of someone else.
_BY_URL = {}


def by_url(image_url):
    _BY_URL[image_url] = other.load(image_url)  # LEK101


# --- Silent for the same reasons as a cache ---

# Something takes out.
_POPPED = {}


def popped(language):
    _POPPED[language] = other.load(language)  # silent LEK153: _POPPED.pop(language) => _POPPED.get(language)


def forget_popped(language):
    _POPPED.pop(language)


# Bound anew.
_REBOUND = {}


def rebound(language):
    _REBOUND[language] = other.load(language)  # silent LEK153: global _REBOUND => pass


def reload():
    global _REBOUND
    _REBOUND = {}


# A look at the size.
_GUARDED = {}


def guarded(language):
    if len(_GUARDED) > 9:
        raise LookupError(language)
    _GUARDED[language] = other.load(language)  # silent LEK153: if len(_GUARDED) > 9: => if not language:


# Read as a whole.
_LISTED = {}


def listed(language):
    _LISTED[language] = other.load(language)  # silent LEK153: sorted(_LISTED.values()) => len(_LISTED)
    return sorted(_LISTED.values())


# Handed away.
_GIVEN = {}


def given(language):
    _GIVEN[language] = other.load(language)  # silent LEK153: other.keep(_GIVEN) => len(_GIVEN)
    other.keep(_GIVEN)


# Set-up code.
_AT_SETUP = {}


def configure(languages):
    for language in languages:
        _AT_SETUP[language] = other.load(language)  # silent LEK153: def configure( => def again(


# Only called while the module is imported.
_AT_IMPORT = {}


def _learn(language):
    _AT_IMPORT[language] = other.load(language)  # silent LEK153: other.later() => _learn(1)


_learn("en")


def later():
    other.later()


# A registrar.
_EXTENSIONS = {}


def register_extension(extension, value):
    _EXTENSIONS[extension] = value  # silent LEK153: def register_extension( => def extension(


# A table of code.
_RENDERERS = {}


def renders(mime_type, func):
    _RENDERERS[mime_type] = func  # silent LEK153: _RENDERERS[mime_type] = func => _RENDERERS[mime_type] = func()


# A container of which nothing is known.
_FOREIGN = other.Table()


def foreign(language):
    _FOREIGN[language] = other.load(language)  # silent LEK153: other.Table() => {}


# Types, modules and functions by their names; members of enumerations.
class Level(enum.Enum):
    LOW = 1


_BY_TYPE_NAME = {}


def by_type_name(thing):
    _BY_TYPE_NAME[type(thing).__qualname__] = 1  # silent LEK153: type(thing).__qualname__ => thing.name


_BY_LEVEL = {}


def by_level(thing):
    _BY_LEVEL[Level.LOW.value] = thing  # silent LEK153: Level.LOW.value => thing.level


# A type that is passed in, by its annotation.
_BY_TYPE = {}


def by_type(target: type):
    _BY_TYPE[target] = 1  # silent LEK153: target: type => target: str


# Looked up in a fixed table first.
FORMATS = ("png", "svg")
_BY_FORMAT_NAME = {}


def by_format_name(format):
    if format not in FORMATS:
        raise ValueError(format)
    _BY_FORMAT_NAME[format] = 1  # silent LEK153: if format not in FORMATS: => if not format:


# Once a definition.
_SIGNATURES = {}


def signed(func):
    _SIGNATURES[func.path] = 1  # silent LEK153: return wrapper => return None

    @functools.wraps(func)
    def wrapper(*args):
        return func(*args)

    return wrapper
