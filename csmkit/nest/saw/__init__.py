# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""Plans for a saw: boxes by cuts that run from edge to edge."""
