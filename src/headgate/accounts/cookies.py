"""The cookie of a session."""

from __future__ import annotations

from fastapi import Request, Response

PLAIN_NAME = "headgate_session"
SECURE_NAME = "__Host-headgate_session"
"""Browsers take a cookie of such a name over HTTPS from this host only, so that a neighbouring host cannot set one."""


def session_token(request: Request) -> str | None:
    """What the browser sent as its session."""
    return request.cookies.get(_name(request)) or None


def set_session(request: Request, response: Response, token: str) -> None:
    """Give the browser a session."""
    response.set_cookie(
        _name(request),
        token,
        max_age=request.app.state.config.session_lifetime,
        path="/",
        secure=_is_secure(request),
        httponly=True,
        samesite="lax",
    )


def clear_session(request: Request, response: Response) -> None:
    """Take the session away."""
    response.delete_cookie(_name(request), path="/", secure=_is_secure(request), httponly=True, samesite="lax")


def _name(request: Request) -> str:
    return SECURE_NAME if _is_secure(request) else PLAIN_NAME


def _is_secure(request: Request) -> bool:
    public: str | None = request.app.state.config.public_url
    return request.scope["scheme"] == "https" or (public is not None and public.startswith("https:"))
