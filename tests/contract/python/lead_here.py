"""Runs a program as it is, with the services' built-in host names leading to one port of this machine.

What a hosts file and port 443 would do, for this process alone: `python -m lead_here program.py`. The port is LEAD_TO_PORT; TLS is
checked as ever, against the names that the program asked for.
"""

import os
import runpy
import socket
import sys

HOSTS = {
    "api.wavespeed.ai",
    "fal.run",
    "queue.fal.run",
    "rest.fal.ai",
    "v3.fal.media",
}
HERE = "127.0.0.1"

_look_up = socket.getaddrinfo


def _look_up_here(host, port, *args, **kwargs):
    name = host.decode() if isinstance(host, bytes) else host
    return _look_up(HERE if name in HOSTS else host, port, *args, **kwargs)


class _LedSocket(socket.socket):
    """Only port 443 of this machine is led elsewhere: nothing else was looked up here."""

    def connect(self, address):
        return super().connect(_led(address))

    def connect_ex(self, address):
        return super().connect_ex(_led(address))


def _led(address):
    if isinstance(address, tuple) and address[:2] == (HERE, 443):
        return (HERE, int(os.environ["LEAD_TO_PORT"]))
    return address


if __name__ == "__main__":
    socket.getaddrinfo = _look_up_here
    socket.socket = _LedSocket
    runpy.run_path(sys.argv[1], run_name="__main__")
