import contextlib
import os
import socket

# --- Releases that the block makes needless go ---


def at_the_end(host):
    probe = socket.socket()  # LEK502 safe
    try:
        probe.connect(host)
    except OSError:
        return False
    probe.close()
    return True


def before_a_return(path):
    file = open(path)  # LEK502 safe
    if not file.readline():
        return None
    if path:
        file.close()
        return path
    text = file.read()
    file.close()
    return text


def before_a_raise(path):
    file = open(path)  # LEK502 safe
    if not file.readline():
        file.close()
        raise ValueError(f"{path} is empty")
    if path:
        return None
    file.close()
    return path


def in_a_finally(path):
    file = open(path)  # LEK502 safe
    if not file.readline():
        return None
    # The rest.
    try:
        return file.read()
    finally:
        file.close()


def in_both_branches(path):
    file = open(path)  # LEK502 safe
    if path.startswith("/"):
        return None
    if path:
        text = file.read()
        file.close()
    else:
        text = file.readline()
        file.close()
    return text


def in_a_finally_with_comments(path):
    file = open(path)  # LEK502 safe
    if not path:
        return None
    # Above the try.
    try:
        # In the try.
        text = file.read()
    finally:
        file.close()
    return text


# --- Others stay ---


def with_a_comment(path):
    file = open(path)  # LEK502 safe
    if not file.readline():
        return None
    # Before anyone else opens it.
    file.close()
    return path


def before_work(path, log):
    file = open(path)  # LEK502 safe
    if not file.readline():
        return None
    if path:
        file.close()
        return log(path)
    text = file.read()
    file.close()
    return text


def in_a_handler(path):
    file = open(path)  # LEK502 safe
    try:
        text = file.read()
    except OSError:
        return None
    except ValueError:
        file.close()
        text = ""
    file.close()
    return text


def in_a_try(path):
    file = open(path)  # LEK502 safe
    try:
        if path:
            file.close()
            raise OSError(path)
        text = file.read()
    except OSError:
        return None
    file.close()
    return text


def in_a_with(path, lock):
    file = open(path)  # LEK502 safe
    if not path:
        return None
    # The lock is given back when the file is closed.
    with lock:
        text = file.read()
        file.close()
    return text


def in_one_case(path, event):
    file = open(path)  # LEK502 safe
    # What meets no case goes on with it.
    match event:
        case "end":
            file.close()
            return None
        case "more":
            print(event)
    return file.read()


def shut_down(host):
    line = socket.socket()  # LEK502 safe
    line.connect(host)
    if not host:
        return None
    # It is not closed by that.
    line.shutdown(socket.SHUT_WR)
    return line.recv(10)


# --- What is for a person ---


def handed_on(host):
    line = socket.socket()  # LEK502 left: handed on, too
    try:
        line.connect(host)
    except OSError:
        return None
    return line


class Keeps:
    def __init__(self, path):
        self.file = open(path)  # LEK502 left: an object keeps it
        if not self.file.readline():
            raise ValueError(path)

    def close(self):
        self.file.close()


def descriptor(path):
    number = os.open(path, os.O_RDONLY)  # LEK502 safe
    if path:
        return None
    os.read(number, 1)
    os.close(number)
    return path


def handed_out_before(path, later):
    number = os.open(path, os.O_RDONLY)  # LEK502 unsafe
    if later:
        return lambda: os.read(number, 10)
    text = os.read(number, 10)
    os.close(number)
    return text


def conditional(path, keep):
    file = open(path)  # LEK502 unsafe
    if not file.readline():
        return None
    if not keep:
        file.close()
    return path


# --- Who is given it by a generator ---


def opened(path, checked):
    file = open(path)  # LEK502 unsafe
    if checked(path):
        return
    yield file


@contextlib.contextmanager
def managed(path, checked):
    file = open(path)  # LEK502 safe
    if checked(path):
        raise ValueError(path)
    yield file


def closed_behind(path, checked):
    file = open(path)  # LEK502 unsafe
    if checked(path):
        return
    yield file
    file.close()


# --- An error of writing is dealt with around the block, not inside of it ---


def written(path, lines):
    try:
        file = open(path, "w")  # LEK502 safe
        file.writelines(lines)
        file.close()
        return file.name
    except OSError:
        print(path)


def written_inside(path, lines):
    file = open(path, "w")  # LEK502 unsafe
    try:
        file.writelines(lines)
    except OSError:
        return
    file.close()
