/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What objects and fields there are. A catalogue is an immutable, reference-counted snapshot;
 * objects and fields are owned by it and live as long as it does. Any thread may read it.
 *
 * Names match [a-z][a-z0-9_]{0,62}; a built-in name is on the wire and never changes or comes back.
 * Labels and help come in languages ("en", "zh_CN"); English is always there. */
#pragma once

#include <glib.h>

#include "core/value/sat-type.h"

G_BEGIN_DECLS

typedef enum
{
  SAT_POLICY_NEWEST,
  SAT_POLICY_REVIEW,
  SAT_POLICY_MAX,
  SAT_POLICY_MIN,
  SAT_POLICY_UNION, /* tags only, and all tags */
  SAT_POLICY_TEXT,  /* long text only */
  SAT_N_POLICIES
} SatPolicy;

/* As what a field counts when two records may be one thing (workspace/sat-workspace-duplicates.h).
 */
typedef enum
{
  SAT_LIKENESS_NONE,
  SAT_LIKENESS_NAME,
  SAT_LIKENESS_PHONE,
  SAT_LIKENESS_EMAIL,
  SAT_LIKENESS_ADDRESS,
  SAT_LIKENESS_NUMBER, /* a code, a date: what is equal or not, but for a mistake */
  SAT_N_LIKENESSES
} SatLikeness;

/* Where a new record of an object goes. */
typedef enum
{
  SAT_BOOK_OWN,     /* --book, else the first book held */
  SAT_BOOK_COMPANY, /* book `company` */
  SAT_BOOK_PARENT,  /* the book of the record its owning reference names; own where that is empty */
} SatBookRule;

typedef struct _SatLabels SatLabels; /* texts by language */
typedef struct _SatCatalogue SatCatalogue;
typedef struct _SatObject SatObject;
typedef struct _SatField SatField;
typedef struct _SatDerived SatDerived; /* sat-derived.h */

typedef struct
{
  const char *name;
  const SatLabels *label;
  gboolean retired; /* no longer offered; what was written with it stays */
} SatChoice;

/* What the text in a field is, besides a text: forms have an editor for it. */
typedef enum
{
  SAT_CONTENT_TEXT,
  SAT_CONTENT_OBJECT,           /* the name of an object: the others below are about its records */
  SAT_CONTENT_DATE_FIELD,       /* the name of a date or time of those */
  SAT_CONTENT_CONDITION,        /* an expression that those meet or not */
  SAT_CONTENT_CHANGE_CONDITION, /* the same of a change of one: `changed` and `was` */
  SAT_CONTENT_ACTIONS,          /* of a rule */
} SatContent;

struct _SatField
{
  const SatObject *object;
  const char *name;
  guint index;               /* position in object->fields, or in object->derived */
  const SatDerived *derived; /* computed when it is read; NULL: stored, as nearly all are */
  const SatType *type;
  SatPolicy policy;
  SatTypeOptions options; /* for core/value; choices in the catalogue's order */
  const SatChoice *choices;
  guint n_choices;
  const char *reference; /* reference: the object's name, or "*" for any; else NULL */
  gboolean owning; /* reference: the parent (RULES of deletes and books); at most one an object */
  gboolean required;
  gboolean ordered;          /* choice: the order of the choices means more or less */
  gboolean personal;         /* personal data: cleared by an erasure */
  gboolean sensitive;        /* who opens a record that shows it is written down */
  gboolean shared;           /* of those that all departments see (sat_access_others) */
  gboolean fixed;            /* never changed by hand once the record is there */
  gboolean hidden;           /* technical (device keys) or retired: not on forms */
  gboolean custom;           /* the company's own (sat-shape.h) */
  gboolean retired;          /* no longer used; hidden as well */
  gboolean off;              /* refers to an object that is off; hidden as well */
  const char *default_value; /* canonical, or NULL */
  guint search_weight;       /* 0: not searched */
  SatLikeness likeness;
  guint importance; /* 0 .. 100, for completeness */
  SatContent holds; /* text, long-text */
  const char *when; /* "FIELD: CHOICE …": of use only where that one has such a value; NULL */
  const SatLabels *label;
  const SatLabels *help; /* may be NULL */
};

typedef struct
{
  const SatLabels *label;
  const SatField *const *fields;
  guint n_fields;
} SatFormGroup;

struct _SatObject
{
  const SatCatalogue *catalogue;
  const char *name;
  guint index;
  const char *icon;
  const SatLabels *label; /* singular */
  const SatLabels *plural;
  const SatField *const *fields; /* those that are stored */
  guint n_fields;
  const SatField *const *derived; /* those that are computed (sat-derived.h) */
  guint n_derived;
  const SatField *title;  /* the field whose value names a record; always there */
  const SatField *owning; /* may be NULL */
  SatBookRule book_rule;
  gboolean managed;   /* made by Satchel itself: people neither make nor delete its records */
  gboolean system;    /* user, team, book, device, workspace: not in import lists and sidebars */
  gboolean setup;     /* says how the company works; nobody's daily work. Only in book company */
  gboolean custom;    /* the company's own (sat-shape.h) */
  gboolean retired;   /* no longer used; system as well */
  const char *module; /* what it is switched off with; NULL: it always shows */
  gboolean off;       /* the company does not use it (docs/modules.md): nowhere offered */
  const SatField *const *list_columns; /* the title first */
  guint n_list_columns;
  const SatFormGroup *groups; /* together every stored field that is not hidden, each once */
  guint n_groups;
};

/* Reads every *.xml of DIRECTORY. Errors name file, line and what was expected, e.g.
 * "customer.xml:12: unknown field type “telephone”; one of: text, …". All errors are found in one
 * go: the GError holds the first, PROBLEMS (if not NULL) gets every one as a text, newly allocated.
 */
SatCatalogue *sat_catalogue_read (const char *directory,
                                  GPtrArray **problems,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* From one document in memory, for tests and fuzzing; NAME stands for the file in errors.
 * Cross-object checks (references) are made against objects of this one document only if CLOSED. */
SatCatalogue *sat_catalogue_read_memory (const char *name,
                                         const char *xml,
                                         gsize length,
                                         gboolean closed,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The built-in catalogue: SATCHEL_CATALOGUE (a directory) if set, else the installed one, else the
 * one of the build folder. */
SatCatalogue *sat_catalogue_default (GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Where Satchel's own data NAME is ("calendars/cn.txt"): installed, or in the build folder; newly
 * allocated. */
char *sat_catalogue_data_path (const char *name);

/* What CATALOGUE was made from by sat_shape_shared, which keeps it alive; else CATALOGUE itself. */
const SatCatalogue *sat_catalogue_built_in (const SatCatalogue *catalogue);
SatCatalogue *sat_catalogue_ref (const SatCatalogue *catalogue);
void sat_catalogue_unref (SatCatalogue *catalogue);

guint sat_catalogue_n_objects (const SatCatalogue *catalogue);
const SatObject *sat_catalogue_object (const SatCatalogue *catalogue, guint index);
const SatObject *sat_catalogue_find (const SatCatalogue *catalogue,
                                     const char *name);                      /* NULL: none */
const SatField *sat_object_find (const SatObject *object, const char *name); /* NULL: none */
/* The same among derived fields too: for who reads only. */
const SatField *sat_object_find_any (const SatObject *object, const char *name);

/* The field that a person calls TEXT: by its name or by one of its labels in any language, whatever
 * the case and width of the letters, "_" being a space; a hidden one only by its name. NULL: none,
 * or several by that label (*SEVERAL). */
const SatField *
sat_object_find_called (const SatObject *object, const char *text, gboolean *several);
/* The same among derived fields too. */
const SatField *
sat_object_find_any_called (const SatObject *object, const char *text, gboolean *several);
/* What to call FIELD where a person reads it, or another workspace: its name; of a company's own,
 * whose name says nothing, the first label that sat_object_find_called knows it by, if any. */
const char *sat_field_word (const SatField *field);
/* The words of all fields that are not hidden, derived ones last, for messages; newly allocated. */
char *sat_object_list_words (const SatObject *object);
/* The retired field that has TEXT as a label, when it is the only one; NULL. Derived ones too. */
const SatField *sat_object_find_retired (const SatObject *object, const char *text);

/* Is FIELD of use where the field that its `when` names (sat_field_when) has VALUE? */
gboolean sat_field_suits (const SatField *field, const char *value);
/* That field; NULL: FIELD always is. */
const SatField *sat_field_when (const SatField *field);

/* A SHA-256 (hex) over everything that shapes tables and derived data; a replica whose stored one
 * differs brings its schema up to date. */
const char *sat_catalogue_fingerprint (const SatCatalogue *catalogue);

/* The text in LANGUAGE ("zh_CN", "zh", "en_GB.UTF-8" ...; NULL: English), falling back from the
 * region to the language to English. Never NULL for non-NULL labels. */
const char *sat_label (const SatLabels *labels, const char *language);
/* Every text of LABELS, NULL-terminated; borrowed. */
const char *const *sat_labels_all (const SatLabels *labels);

const char *sat_policy_name (SatPolicy policy);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatCatalogue, sat_catalogue_unref)

G_END_DECLS
