/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a catalogue is put together: the reader fills the *Source structs (what stands in the file,
 * with its line), the check completes the public structs at their front from it. Everything is
 * allocated from the catalogue and goes with it. */
#pragma once

#include "core/catalogue/sat-catalogue.h"
#include "core/catalogue/sat-definition.h"
#include "core/catalogue/sat-derived.h"

G_BEGIN_DECLS

/* What a catalogue file may hold at most. Far above need; so that no input makes us run away. */
#define SAT_CATALOGUE_FILE_MAX (1024 * 1024)
#define SAT_CATALOGUE_OBJECTS_MAX 500
#define SAT_CATALOGUE_FIELDS_MAX 500
#define SAT_CATALOGUE_CHOICES_MAX 1000
#define SAT_CATALOGUE_GROUPS_MAX 100
#define SAT_CATALOGUE_LANGUAGES_MAX 100
#define SAT_CATALOGUE_TEXT_MAX 2000
#define SAT_CATALOGUE_PROBLEMS_MAX 100

struct _SatLabels
{
  GPtrArray *languages;
  GPtrArray *texts; /* NULL-terminated once the catalogue is made */
};

typedef struct
{
  const char *name;
  int line;
  SatLabels *label;
  gboolean retired;
  int place; /* of those that a company shapes */
} SatChoiceSource;

typedef struct
{
  SatField field;
  int line;
  const char *policy;        /* as written; NULL: the type's own */
  const char *alike;         /* as written; NULL: it does not count */
  const char *default_input; /* as written */
  GPtrArray *choices;        /* of SatChoiceSource */
  SatDerived derived;        /* where field.derived points, if it is */
  /* Of what a company shapes (sat-shape.c): */
  gboolean defined;  /* a definition was found for it */
  const char *group; /* a label of its form group; NULL: none was named */
  int place;         /* in the group */
  int list;          /* among the columns; 0: it is none; -1: nothing was said */
  const char *full;  /* of a derived one: the `name` of its definition */
} SatFieldSource;

typedef struct
{
  const char *fields; /* names, separated by blanks */
  int line;
  SatLabels *label;
  GPtrArray *found; /* of SatField */
} SatGroupSource;

typedef struct
{
  SatObject object;
  const char *file;
  int line;
  guint order;
  const char *title;
  const char *columns; /* names, separated by blanks; NULL: only the title */
  int list_line;
  GPtrArray *fields; /* of SatFieldSource, stored and derived */
  GPtrArray *stored; /* of SatField; NULL until it is completed */
  GPtrArray *computed;
  GPtrArray *groups; /* of SatGroupSource */
  GPtrArray *found;  /* of SatField: the columns */
  gboolean defined;  /* a definition was found for it (sat-shape.c) */
} SatObjectSource;

struct _SatCatalogue
{
  gatomicrefcount references;
  GPtrArray *blocks; /* memory of everything below */
  GPtrArray *arrays;
  GStringChunk *strings;
  GPtrArray *objects; /* of SatObjectSource, in order */
  GHashTable *by_name;
  char *fingerprint;
  GMutex lock;
  const SatCatalogue *base; /* has this one in its `shaped`; NULL: this is a built-in one */
  GHashTable *shaped;       /* text -> catalogue: sat_catalogue_shaped; NULL until there is one */
};

SatCatalogue *sat_catalogue_new (void);
gpointer sat_catalogue_alloc (SatCatalogue *catalogue, gsize size); /* zeroed */
GPtrArray *sat_catalogue_array (SatCatalogue *catalogue);           /* of borrowed pointers */
const char *sat_catalogue_string (SatCatalogue *catalogue, const char *text);
SatLabels *sat_catalogue_labels (SatCatalogue *catalogue);
/* FALSE if LANGUAGE is there already. */
gboolean sat_labels_add (SatLabels *labels, const char *language, const char *text);
gboolean sat_labels_has (const SatLabels *labels, const char *language);

/* What is wrong, collected; ERROR is the first. */
typedef struct
{
  GPtrArray *texts;
  GError *error;
} SatProblems;

/* MSGID starts with "%s:%s: ", for FILE and LINE; the other arguments follow, then NULL. */
void sat_problems_add (SatProblems *problems, const char *file, int line, const char *msgid, ...)
    G_GNUC_NULL_TERMINATED;
gboolean sat_problems_full (const SatProblems *problems);

/* Reads the objects of one document; what is wrong goes to PROBLEMS. */
void sat_catalogue_read_document (SatCatalogue *catalogue,
                                  SatProblems *problems,
                                  const char *name,
                                  const char *xml,
                                  gsize length);

/* Orders the objects, completes the public structs, checks all rules. References to objects that
 * are not there are wrong only if CLOSED. */
void sat_catalogue_complete (SatCatalogue *catalogue, SatProblems *problems, gboolean closed);

/* Understands the derived fields of a completed catalogue. What is wrong with built-in ones is a
 * problem only if CLOSED. */
void sat_catalogue_derive (SatCatalogue *catalogue, SatProblems *problems, gboolean closed);

/* As complete checks it. FIELD has its type, policy, and whether it is ordered. */
gboolean sat_policy_fits (const SatField *field);

/* ---- shaping: sat-shape.c, sat-shape-copy.c, sat-shape-form.c ---- */

/* What was read for BASE, deep, into a new catalogue that is to be completed. */
SatCatalogue *sat_shape_copy (const SatCatalogue *base);
/* A label of LABELS, or a new one. */
void sat_shape_label (SatCatalogue *catalogue,
                      SatLabels *labels,
                      const char *language,
                      const char *text);
/* Puts OBJECT's fields into its list and form as their definitions say. */
void sat_shape_place (SatCatalogue *catalogue, SatObjectSource *object);
/* Before that: hides fields that lead to what is off, unless a record cannot be without them. */
void sat_shape_hide_off (const SatCatalogue *catalogue, SatObjectSource *object);

/* sat-shape-derived.c: does DEFINITION say what a formula or a roll-up is? What it says becomes
 * FIELD's; what of it is not enough is a problem of the language. */
gboolean sat_shape_is_derived (const SatDefinition *definition);
void
sat_shape_derive (SatCatalogue *catalogue, SatFieldSource *field, const SatDefinition *definition);
/* For each derived field that cannot be computed two errors: why, and which it is. */
void sat_shape_derive_problems (const SatCatalogue *catalogue, GPtrArray *problems);

/* The fingerprint of a completed catalogue; newly allocated. */
char *sat_catalogue_make_fingerprint (const SatCatalogue *catalogue);

G_END_DECLS
