/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Templates (docs/templates.md): what companies of one trade add to their catalogue and how they
 * work, as data. A template is a list of items that a company accepts or declines singly; an item
 * is one or several parts, each of which becomes a record that the company could have made by hand.
 *
 * A part that makes something has an id. Texts of later parts name it as “{id}”, which becomes its
 * name on the wire, or the id of its record. By that an item needs the items that it names.
 *
 * Plain data, read once and immutable. What it says of objects and fields is not checked here but
 * when it is applied, against the catalogue that there is. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a file may hold at most. */
#define SAT_TEMPLATE_FILE_MAX (512 * 1024)
#define SAT_TEMPLATE_ITEMS_MAX 100
#define SAT_TEMPLATE_PARTS_MAX 100 /* of an item */
#define SAT_TEMPLATE_TEXT_MAX 8000

/* One of the two may be NULL. */
typedef struct
{
  char *en;
  char *zh; /* zh_CN */
} SatTwoTexts;

/* The one for LANGUAGE ("zh_CN.UTF-8" …; NULL: English), else the other. */
const char *sat_two_texts_in (const SatTwoTexts *texts, const char *language);

typedef enum
{
  SAT_PART_OBJECT,
  SAT_PART_FIELD,
  SAT_PART_CHOICE,
  SAT_PART_CHANGE, /* of an object, field or choice that is there */
  SAT_PART_GRANT,  /* what a role may */
  SAT_PART_RECORD, /* of any object: a pipeline, a rule, a view … */
  SAT_N_PARTS
} SatPartKind;

typedef struct
{
  char *field; /* of the record that the part becomes; of a grant: role, read … access */
  SatTwoTexts value;
} SatTemplateValue;

/* Names may be “{id}”. */
typedef struct
{
  SatPartKind kind;
  int line;
  char *id;          /* "course", "grade.gold"; NULL: a change, a grant */
  char *object;      /* what it is a field or choice of, changes, grants, is a record of */
  char *field;       /* choice, change, grant; NULL: none */
  char *choice;      /* change; NULL: none */
  GPtrArray *values; /* SatTemplateValue */
} SatTemplatePart;

typedef struct
{
  char *key;
  int line;
  SatTwoTexts title;
  SatTwoTexts about;
  GPtrArray *parts; /* SatTemplatePart, what is named before what names it */
  GPtrArray *needs; /* of SatTemplateItem: earlier ones, each once; borrowed */
} SatTemplateItem;

typedef struct
{
  char *name;
  SatTwoTexts title;
  SatTwoTexts about;
  GPtrArray *items; /* SatTemplateItem */
} SatTemplate;

void sat_template_free (SatTemplate *made);

/* FILE stands for it in errors: SAT_ERROR_INVALID, with the line and what is wrong. */
SatTemplate *sat_template_read_memory (const char *file,
                                       const char *xml,
                                       gsize length,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* NAME is a file, if it has a “/” in it or ends in “.xml”, else a template that comes with Satchel:
 * SAT_ERROR_NOT_FOUND names those there are. */
SatTemplate *sat_template_read (const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The names of those that come with Satchel, sorted. */
GPtrArray *sat_template_names (void);

/* NULL: there is none with that key. */
const SatTemplateItem *sat_template_item (const SatTemplate *made, const char *key);
/* What VALUES say of FIELD; NULL: nothing. */
const SatTwoTexts *sat_template_value (const SatTemplatePart *part, const char *field);
/* What kind it is, in files: "object" … */
const char *sat_part_kind_name (SatPartKind kind);

/* TEXT with each “{id}” replaced by what NAME gives for it, and “{{” by “{”. NULL: NAME has given
 * NULL for one, or braces do not match; *BAD (may be NULL) then is it, newly allocated. */
char *sat_template_expand (const char *text,
                           const char *(*name) (const char *id, gpointer data),
                           gpointer data,
                           char **bad);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatTemplate, sat_template_free)

G_END_DECLS
