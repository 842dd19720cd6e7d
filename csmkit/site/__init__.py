# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Pages from results; decides nothing about hardware."""

from csmkit.site.guides import build_guides
from csmkit.site.write import SiteKit, write_site

__all__ = ["SiteKit", "build_guides", "write_site"]
