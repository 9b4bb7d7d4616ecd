import contextlib
import os
import socket

# --- Releases that the block makes needless go ---


def at_the_end(host):
    with socket.socket() as probe:
        try:
            probe.connect(host)
        except OSError:
            return False
    return True


def before_a_return(path):
    with open(path) as file:
        if not file.readline():
            return None
        if path:
            return path
        text = file.read()
    return text


def before_a_raise(path):
    with open(path) as file:
        if not file.readline():
            raise ValueError(f"{path} is empty")
        if path:
            return None
    return path


def in_a_finally(path):
    with open(path) as file:
        if not file.readline():
            return None
        # The rest.
        return file.read()


def in_both_branches(path):
    with open(path) as file:
        if path.startswith("/"):
            return None
        if path:
            text = file.read()
        else:
            text = file.readline()
    return text


def in_a_finally_with_comments(path):
    with open(path) as file:
        if not path:
            return None
        # Above the try.
        # In the try.
        text = file.read()
    return text


# --- Others stay ---


def with_a_comment(path):
    with open(path) as file:
        if not file.readline():
            return None
        # Before anyone else opens it.
        file.close()
    return path


def before_work(path, log):
    with open(path) as file:
        if not file.readline():
            return None
        if path:
            file.close()
            return log(path)
        text = file.read()
    return text


def in_a_handler(path):
    with open(path) as file:
        try:
            text = file.read()
        except OSError:
            return None
        except ValueError:
            file.close()
            text = ""
    return text


def in_a_try(path):
    with open(path) as file:
        try:
            if path:
                file.close()
                raise OSError(path)
            text = file.read()
        except OSError:
            return None
    return text


def in_a_with(path, lock):
    with open(path) as file:
        if not path:
            return None
        # The lock is given back when the file is closed.
        with lock:
            text = file.read()
            file.close()
    return text


def in_one_case(path, event):
    with open(path) as file:
        # What meets no case goes on with it.
        match event:
            case "end":
                return None
            case "more":
                print(event)
        return file.read()


def shut_down(host):
    with socket.socket() as line:
        line.connect(host)
        if not host:
            return None
        # It is not closed by that.
        line.shutdown(socket.SHUT_WR)
        return line.recv(10)


# --- What is for a person ---


def handed_on(host):
    line = socket.socket()
    try:
        line.connect(host)
    except OSError:
        return None
    return line


class Keeps:
    def __init__(self, path):
        self.file = open(path)
        if not self.file.readline():
            raise ValueError(path)

    def close(self):
        self.file.close()


def descriptor(path):
    number = os.open(path, os.O_RDONLY)
    try:
        if path:
            return None
        os.read(number, 1)
    finally:
        os.close(number)
    return path


def handed_out_before(path, later):
    number = os.open(path, os.O_RDONLY)
    try:
        if later:
            return lambda: os.read(number, 10)
        text = os.read(number, 10)
    finally:
        os.close(number)
    return text


def conditional(path, keep):
    with open(path) as file:
        if not file.readline():
            return None
        if not keep:
            file.close()
    return path


# --- Who is given it by a generator ---


def opened(path, checked):
    with open(path) as file:
        if checked(path):
            return
        yield file


@contextlib.contextmanager
def managed(path, checked):
    with open(path) as file:
        if checked(path):
            raise ValueError(path)
        yield file


def closed_behind(path, checked):
    with open(path) as file:
        if checked(path):
            return
        yield file


# --- An error of writing is dealt with around the block, not inside of it ---


def written(path, lines):
    try:
        with open(path, "w") as file:
            file.writelines(lines)
        return file.name
    except OSError:
        print(path)


def written_inside(path, lines):
    with open(path, "w") as file:
        try:
            file.writelines(lines)
        except OSError:
            return
