# SPDX-FileCopyrightText: 2026 csmkit contributors
# SPDX-License-Identifier: Apache-2.0
"""The contributor's vocabulary: parameters, the design function, joints, steps, and where kits are found."""
