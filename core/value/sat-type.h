/* SPDX-License-Identifier: GPL-3.0-or-later */
/* clang-format off */
/* Field types. A value is its canonical text everywhere above the database: one spelling per value,
 * the one that travels in change-sets. NULL is "empty"; a canonical text is never "". A type turns
 * what a person typed into canonical text, orders canonical texts, and maps them to SQL columns.
 * One file a type (core/value/sat-type-*.c); this header is the whole interface. All functions are
 * pure and thread-safe.
 *
 * | type      | canonical text                                | column(s)                          |
 * |-----------|-----------------------------------------------|------------------------------------|
 * | text      | tidied, one line                              | TEXT                               |
 * | long-text | tidied, may hold newlines                     | TEXT                               |
 * | integer   | -?[0-9]+ without leading zeros, 64 bit        | INTEGER                            |
 * | decimal   | up to 4 decimals, no trailing zeros, "-0" no  | INTEGER in 1/10,000                |
 * | percent   | as decimal, no % sign (25 = 25 %)             | INTEGER in 1/10,000                |
 * | money     | "1234.50 CNY": 2 to 4 decimals, ISO 4217 code | INTEGER in 1/10,000 + TEXT currency|
 * | date      | "2026-11-21"                                  | TEXT                               |
 * | time      | "2026-11-21T08:00:00Z", UTC, whole seconds    | TEXT                               |
 * | yes-no    | "yes" or "no"                                 | INTEGER 1 or 0                     |
 * | choice    | the choice's name                             | TEXT                               |
 * | tags      | elements sorted bytewise, joined by newline   | TEXT                               |
 * | reference | 36-character record id                        | BLOB(16)                           |
 * | phone     | tidied; digits, + - ( ) / . , space, x, #, *  | TEXT                               |
 * | email     | tidied, one @, domain lower-cased             | TEXT                               |
 * | web       | with scheme http(s), https:// added           | TEXT                               |
 * | address   | tidied, may hold newlines                     | TEXT                               |
 * | picture   | base64 of a JPEG, PNG, GIF, WebP (sat-picture.h) | TEXT                            |
 * | place     | "48.137000,11.575000": degrees, north and east   | INTEGER (sat-place.h)              |
 * | attachment| "name.pdf 48213 9f86…": name, size, SHA-256 (sat-attachment.h) | TEXT               |
 *
 * An element of tags holds none of , ; ， 、 ； since these separate typed tags. Which currencies exist is
 * checked in parse only; canonical takes any three letters, so that replicas cannot differ about it.
 * Decimals range over +-922,337,203,685,477.5807; more digits are refused. */
/* clang-format on */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SAT_TYPE_TEXT,
  SAT_TYPE_LONG_TEXT,
  SAT_TYPE_INTEGER,
  SAT_TYPE_DECIMAL,
  SAT_TYPE_PERCENT,
  SAT_TYPE_MONEY,
  SAT_TYPE_DATE,
  SAT_TYPE_TIME,
  SAT_TYPE_YES_NO,
  SAT_TYPE_CHOICE,
  SAT_TYPE_TAGS,
  SAT_TYPE_REFERENCE,
  SAT_TYPE_PHONE,
  SAT_TYPE_EMAIL,
  SAT_TYPE_WEB,
  SAT_TYPE_ADDRESS,
  SAT_TYPE_PICTURE,
  SAT_TYPE_ATTACHMENT,
  SAT_TYPE_PLACE,
  SAT_N_TYPES
} SatTypeId;

/* The longest value of any type, in bytes of canonical text (part of the change-set format). */
#define SAT_VALUE_MAX (1024 * 1024)
/* Of one-line types and of one tag. */
#define SAT_LINE_MAX 4000
#define SAT_TAG_MAX 200
#define SAT_TAGS_MAX 500

typedef struct
{
  const char *name;          /* immutable, on the wire */
  const char *const *labels; /* every label in any language, NULL-terminated; may be NULL */
} SatTypeChoice;

/* What a field adds to its type. A zeroed struct means "nothing". */
typedef struct
{
  const SatTypeChoice *choices; /* choice and tags; n_choices of them, in the catalogue's order */
  guint n_choices;
  gboolean open;        /* tags: other words are allowed too */
  const char *currency; /* money: taken when the person typed none; NULL = "CNY" */
} SatTypeOptions;

typedef enum
{
  SAT_CELL_NULL,
  SAT_CELL_INTEGER,
  SAT_CELL_TEXT,
  SAT_CELL_BLOB
} SatCellKind;

/* One SQL value. TEXT and BLOB are borrowed: from the canonical text, from `buffer` (small values),
 * or from the database row. */
typedef struct
{
  SatCellKind kind;
  gint64 integer;
  const char *text; /* TEXT (not necessarily NUL-terminated) or BLOB */
  gsize size;
  char buffer[24];
} SatCell;

#define SAT_TYPE_MAX_CELLS 2

typedef struct _SatType SatType;
struct _SatType
{
  SatTypeId id;
  const char *name;                    /* as written in the catalogue */
  const char *sql[SAT_TYPE_MAX_CELLS]; /* column types; sql[1] NULL when one column serves */

  /* What a person typed -> canonical text; "" and white space -> *out NULL and TRUE. On failure
   * SAT_ERROR_INVALID or SAT_ERROR_TOO_LONG saying what was expected. Choices are accepted by name
   * or by any label (case-insensitively); numbers with thousands separators "1,234.50"; dates as
   * 2026-11-21, 2026/11/21, 2026年11月21日; times as RFC 3339 with any offset, or "2026-11-21
   * 16:00" in the local zone; yes-no as yes/no/true/false/1/0/是/否; pictures as base64 with line
   * breaks, or as a data: URI of such. */
  gboolean (*parse) (const SatTypeOptions *options, const char *input, char **out, GError **error);

  /* Is TEXT, LENGTH bytes, in canonical spelling (choices: any name of [a-z0-9_]+; tags: one
   * element list)? Does not look at options: a replica with an older catalogue must still store the
   * value. */
  gboolean (*canonical) (const char *text, gsize length);

  /* Order of two canonical texts, as people sort them (numbers by value); for choices see
   * sat_type_compare. */
  int (*compare) (const char *a, const char *b);

  /* Canonical text -> cells, never failing on canonical input. */
  void (*to_cells) (const char *canonical, SatCell cells[SAT_TYPE_MAX_CELLS]);
  /* Cells -> canonical text, NULL for SQL NULL. Newly allocated. */
  char *(*from_cells) (const SatCell cells[SAT_TYPE_MAX_CELLS]);
};

const SatType *sat_type_get (SatTypeId id);
/* Is the one cell the canonical text itself? */
gboolean sat_type_is_text (const SatType *type);
const SatType *sat_type_by_name (const char *name); /* NULL if there is none */

/* Compares with the field's options: choices in the catalogue's order, unknown ones below all known
 * ones. */
int
sat_type_compare (const SatType *type, const SatTypeOptions *options, const char *a, const char *b);

/* Is the canonical VALUE one the options allow (a known choice, a closed tag)? Shown as invalid if
 * not. */
gboolean sat_type_allows (const SatType *type, const SatTypeOptions *options, const char *value);

/* What to call the choice NAME (or the tag) where a person reads it, or another workspace: its
 * name; of a company's own, whose name says nothing, the first label that TYPE parses to it, if
 * any. */
const char *
sat_type_choice_word (const SatType *type, const SatTypeOptions *options, const char *name);

/* Tags: the elements of a canonical list, and back (sorted, doubles removed; NULL when none). */
char **sat_tags_split (const char *canonical); /* NULL -> empty array */
char *sat_tags_join (const char *const *elements, guint n);

/* Decimals in 1/10,000, for arithmetic elsewhere. FALSE if TEXT is no decimal or out of range. */
gboolean sat_decimal_parse (const char *text, gsize length, gint64 *out);
/* MIN_DIGITS decimals at least. Returns TEXT. */
char *sat_decimal_format (gint64 value, int min_digits, char text[32]);

G_END_DECLS
