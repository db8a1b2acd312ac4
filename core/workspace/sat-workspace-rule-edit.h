/* SPDX-License-Identifier: GPL-3.0-or-later */
/* For whoever lets people write rules: what the actions of one are made of, and whether they are
 * actions. Nothing here needs a workspace. */
#pragma once

#include "core/automation/sat-rule-action.h"
#include "core/automation/sat-rule-words.h"
