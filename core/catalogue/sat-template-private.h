/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the reader puts a template together. */
#pragma once

#include "core/catalogue/sat-template.h"

G_BEGIN_DECLS

SatTemplate *sat_template_new (void);
SatTemplateItem *sat_template_add_item (SatTemplate *made, const char *key);
SatTemplatePart *sat_template_add_part (SatTemplateItem *item, SatPartKind kind);
/* The texts for FIELD, new ones if there are none yet; borrowed. */
SatTwoTexts *sat_template_add_value (SatTemplatePart *part, const char *field);
/* May the values of FIELD have “{id}” in them? */
gboolean sat_template_names_in (const char *field);

G_END_DECLS
