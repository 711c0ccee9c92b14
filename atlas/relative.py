"""Where one page of the site lies seen from another: addresses that hold below any base path."""

from __future__ import annotations


def relative(target: str, here: str) -> str:
    """The way from the folder ``here`` to ``target``, both below the root: from ``visa/c-3-3/`` to ``visa/index.md`` it is ``../index.md``.

    A folder ends in a slash, there and in the answer; the root is ``""``.
    """
    there, own = target.split("/"), here.split("/")[:-1]
    same = 0
    while same < len(own) and same < len(there) - 1 and there[same] == own[same]:
        same += 1
    return "../" * (len(own) - same) + "/".join(there[same:]) or "./"
