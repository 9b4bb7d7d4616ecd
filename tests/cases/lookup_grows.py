import threading
from collections import Counter, defaultdict

import other

# --- A look-up stores what it doesn't find ---


# An index that is filled at import, and asked for words that nobody indexed.
_INDEX = defaultdict(list)
for _row in other.rows():
    _INDEX[_row.word].append(_row)


def rows_with(word):
    return [row.title for row in _INDEX[word]]  # LEK155


# The elements' items, on the only object of its class.
class Jar:
    def __init__(self, cookies):
        self._cookies = defaultdict(dict)
        for cookie in cookies:
            self._cookies[cookie.domain][cookie.key] = cookie.text

    def header_for(self, domain):
        return "; ".join(f"{key}={text}" for key, text in self._cookies[domain].items())  # LEK155


JAR = Jar(other.cookies())


# Of several parts, on an object that owns a lock, and emptied by nobody but a reset.
class Scores:
    def __init__(self, table):
        self._lock = threading.Lock()
        self._scores = defaultdict(int)
        for player_id, points in table:
            self._scores[player_id, "home"] = points

    def best(self, player_id, ground):
        with self._lock:
            return max(self._scores[player_id, "home"], self._scores[player_id, ground])  # LEK155

    def reset(self):
        self._scores.clear()


# Asked for a number, a truth, a length, a membership.
_VOTES = defaultdict(int, other.votes())
_BANNED = defaultdict(bool, other.banned())
_FRIENDS = defaultdict(set, other.friends())
_ROLES = defaultdict(set, other.roles())


def is_popular(user_id):
    return _VOTES[user_id] > 100  # LEK155


def greet(user_id):
    if _BANNED[user_id]:  # LEK155
        return "sorry"
    return "hello"


def count_friends(user_id):
    return len(_FRIENDS[user_id])  # LEK155


def may_edit(user_id):
    return "editor" in _ROLES[user_id]  # LEK155


# Through a local name for the element.
_ALIASES = defaultdict(list, other.aliases())


def known_as(user_id):
    aliases = _ALIASES[user_id]  # LEK155
    return ", ".join(sorted(aliases))


# A class attribute.
class Translator:
    _phrases = defaultdict(dict, other.phrases())

    def translate(self, sentence, language):
        return self._phrases[sentence].get(language, sentence)  # LEK155


# setdefault() where get() was meant: its default is thrown away.
_NOTES = dict(other.notes())


def print_notes(user_id):
    for note in _NOTES.setdefault(user_id, []):  # LEK155
        print(note)


# A KeyError that never comes.
_PRICES = defaultdict(float, other.prices())


def price_of(article_id):
    try:
        return _PRICES[article_id] * 1.2  # LEK155
    except KeyError:
        return None


# An own mapping whose __missing__ stores what it makes.
class Squares(dict):
    def __missing__(self, number):
        self[number] = square = number * number
        return square


_SQUARES = Squares()


def square_of(number):
    return _SQUARES[number] + 1  # LEK155


# --- What doesn't store, or not for ever ---


# get()
_BY_GET = defaultdict(list, other.rows())


def by_get(word):
    return sorted(_BY_GET.get(word, ()))  # silent LEK155: _BY_GET.get(word, ()) => _BY_GET[word]


# A test for the key: around, before, and in the same expression.
_AROUND = defaultdict(list, other.rows())
_BEFORE = defaultdict(list, other.rows())
_INLINE = defaultdict(list, other.rows())
_ASSUMED = defaultdict(list, other.rows())


def around(word):
    if word in _AROUND:
        print(len(_AROUND[word]))  # silent LEK155: if word in _AROUND: => if word:


def before(word):
    if word not in _BEFORE:
        return 0
    return len(_BEFORE[word])  # silent LEK155: if word not in _BEFORE: => if not word:


def inline(word):
    return len(_INLINE[word]) if word in _INLINE else 0  # silent LEK155: if word in _INLINE else 0 => if word else 0


def assumed(word):
    return word in _ASSUMED and len(_ASSUMED[word]) > 3  # silent LEK155: word in _ASSUMED and => word and


# A test for another key.
_OTHER_KEY = defaultdict(list, other.rows())


def other_key(word, synonym):
    if word in _OTHER_KEY:
        print(len(_OTHER_KEY[synonym]))  # LEK155


# The key comes from the container itself.
_ITERATED = defaultdict(list, other.rows())


def print_all(words):
    for word in sorted(_ITERATED):
        print(word, len(_ITERATED[word]))  # silent LEK155: in sorted(_ITERATED): => in sorted(words):


# Something takes out.
_POPPED = defaultdict(list, other.rows())


def popped(word):
    return len(_POPPED[word])  # silent LEK155: _POPPED.pop(word, None) => print(word)


def forget(word):
    _POPPED.pop(word, None)


# A plain dict and a defaultdict without a factory raise, a Counter answers 0: none of them stores.
_PLAIN = dict(other.rows())
_NO_FACTORY = defaultdict(None, other.rows())
_COUNTS = Counter(other.words())


def plain(word):
    return len(_PLAIN[word])  # silent LEK155: _PLAIN = dict(other.rows()) => _PLAIN = defaultdict(list)


def no_factory(word):
    return len(_NO_FACTORY[word])  # silent LEK155: defaultdict(None, other.rows()) => defaultdict(set)


def count_of(word):
    return _COUNTS[word] + 1  # silent LEK155: Counter(other.words()) => defaultdict(int)


# An own mapping whose __missing__ answers, and stores nothing.
class Zeros(dict):
    def __missing__(self, number):
        print("missing", number)  # or: self[number] = 0
        return 0


_ZEROS = Zeros()


def zero_of(number):
    return _ZEROS[number] + 1  # silent LEK155: print("missing", number) => self[number] = 0


# The container ends with the call, with the object, or with who gets it.
_SHADOWED = defaultdict(list, other.rows())


def shadowed(words):
    _SHADOWED = mine = defaultdict(list)
    return [len(_SHADOWED[word]) for word in words]  # silent LEK155: _SHADOWED = mine = => mine =


class Digest:
    def __init__(self, rows):
        self._rows = defaultdict(list, rows)

    def row(self, word):
        return len(self._rows[word])  # silent LEK155: DIGEST = None => DIGEST = Digest(())


DIGEST = None

_GIVEN_AWAY = defaultdict(list, other.rows())
other.start_pruning(_GIVEN_AWAY)


def given_away(word):
    return len(_GIVEN_AWAY[word])  # silent LEK155: other.start_pruning(_GIVEN_AWAY) => print(len(_GIVEN_AWAY))


# The program fixes the keys: constants, types, a handful by what they are called.
_BY_CONSTANT = defaultdict(list, other.rows())
_BY_TYPE = defaultdict(list, other.rows())
_BY_LANGUAGE = defaultdict(list, other.rows())


def by_constant(word):
    return len(_BY_CONSTANT["last"]), word  # silent LEK155: _BY_CONSTANT["last"] => _BY_CONSTANT[word]


def by_type(thing):
    return len(_BY_TYPE[type(thing)])  # silent LEK155: _BY_TYPE[type(thing)] => _BY_TYPE[thing.id]


def by_language(language, word):
    return len(_BY_LANGUAGE[language]), word  # silent LEK155: _BY_LANGUAGE[language] => _BY_LANGUAGE[word]


# It is only read while the module is imported.
_AT_IMPORT = defaultdict(list, other.rows())


def _check_row(word):
    return len(_AT_IMPORT[word])  # silent LEK155: other.later() => _check_row(1)


_check_row("first")


def later():
    other.later()


# To put into the element is to mean the key: that is a cache that never evicts.
_MEANT = defaultdict(list, other.rows())
_MEANT_BY_NAME = defaultdict(list, other.rows())
_MEANT_BY_SETDEFAULT = dict(other.notes())


def note(user_id, text):
    _MEANT[user_id].append(text)  # LEK101
    return len(_MEANT[user_id])


def note_by_name(user_id, text):
    notes = _MEANT_BY_NAME[user_id]  # LEK101
    notes.append(text)


def note_by_setdefault(user_id, text):
    _MEANT_BY_SETDEFAULT.setdefault(user_id, []).append(text)  # LEK101
