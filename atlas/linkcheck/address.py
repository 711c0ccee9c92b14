"""Where a link may lead: to public hosts that have a name.

The links come from data that anybody may propose, and the job runs inside somebody's network: a link to ``http://169.254.169.254/`` or to
a name that resolves to ``10.0.0.1`` must not be asked (OWASP: Server Side Request Forgery Prevention). The name is resolved once and the
connection goes to that very address, so that a second answer of the name server cannot lead elsewhere.
"""

from __future__ import annotations

import ipaddress
import socket


class RefusedAddressError(Exception):
    """The link leads where this job does not go; the text says why."""


class UnknownHostError(Exception):
    """There is no host of this name (RFC 8020)."""


def public_address(host: str, port: int) -> str:
    """An IP address at which ``host`` is reached.

    Raises :class:`RefusedAddressError` for hosts that are written as numbers and for names that lead to private, local or reserved
    addresses (IANA special-purpose registries, RFC 6890), :class:`UnknownHostError` when the name does not exist, and ``OSError`` when the
    name server gives no answer.
    """
    if _is_number(host):
        raise RefusedAddressError("the host is written as a number")
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal", ".home.arpa")):
        raise RefusedAddressError("the host is a local name")
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError:
        raise RefusedAddressError("the name of the host is not well formed") from None
    except socket.gaierror as error:
        if error.errno in {socket.EAI_NONAME, socket.EAI_NODATA}:
            raise UnknownHostError(host) from None
        raise
    found = [str(answer[4][0]) for answer in answers]
    if not found:
        raise UnknownHostError(host)
    for address in found:
        if not is_public(address):
            raise RefusedAddressError("the host leads to an address inside a network")
    return found[0]


def is_public(address: str) -> bool:
    """Whether an IP address is one that anybody may ask, in IPv4, in IPv6, or as the one inside the other."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        inside = parsed.ipv4_mapped or parsed.sixtofour or (parsed.teredo[1] if parsed.teredo else None)
        if inside is not None or int(parsed) >> 32 == 0x64FF9B << 64:  # NAT64 (RFC 6052)
            return is_public(str(inside or ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)))
    return parsed.is_global and not parsed.is_multicast


def _is_number(host: str) -> bool:
    """Whether ``host`` is an IP address in any of the forms that C libraries read, such as ``127.1`` or ``0x7f000001``."""
    if ":" in host or host.startswith("["):
        return True
    try:
        socket.inet_aton(host)
    except (OSError, UnicodeError):
        return False
    return True
