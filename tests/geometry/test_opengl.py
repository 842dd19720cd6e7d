# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""A machine that cannot draw is known before anything is drawn."""

import sys

from csmkit.geometry import opengl


def test_a_library_that_is_there_loads_and_one_that_is_not_does_not():
    assert opengl.loads("libc.so.6") or not sys.platform.startswith("linux")
    assert not opengl.loads("libNobodyHasThis.so.7")


def test_without_any_library_nothing_can_be_drawn(monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(opengl, "loads", lambda name: False)
    assert not opengl.can_draw()
    monkeypatch.setattr(opengl, "loads", lambda name: name == "libOSMesa.so.8")
    assert opengl.can_draw()
    monkeypatch.setattr(opengl, "loads", lambda name: False)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert opengl.can_draw()
