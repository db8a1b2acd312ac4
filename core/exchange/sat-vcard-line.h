/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One property of a vCard (RFC 6350, RFC 2426, and the vCard 2.1 of phones and Outlook) taken
 * apart:
 *
 *   item1.TEL;TYPE="work,voice";PREF=1:+49 30 123
 *   NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=84pfel=0D=0Aund Birnen
 *
 * Lines must have been joined already (sat-vcard-reader.h). The value comes as UTF-8; what stands
 * for a newline, a comma or a semicolon in it does so still, until somebody asks for the text or
 * the parts of it. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SAT_VCARD_2_1,
  SAT_VCARD_3_0,
  SAT_VCARD_4_0,
} SatVcardVersion;

typedef struct
{
  char *name;         /* in capitals, without the group */
  char *group;        /* in small letters; NULL: none */
  GStrv types;        /* what TYPE says, in small letters, each once; the service of an IMPP too */
  guint pref;         /* 1 (most) to 100; 0: not said */
  char *value;        /* UTF-8; "" where it is binary */
  gsize size;         /* binary: about how many bytes it has */
  char *data;         /* of a PHOTO or LOGO: its base64 text, perhaps with white space in it; NULL:
                       * it is too large to be kept */
  guint64 line;       /* where it begins */
  gboolean binary;    /* a photo, a sound and the like */
  gboolean as_text;   /* VALUE=text */
  gboolean omit_year; /* a birthday of which only day and month are meant */
} SatVcardProperty;

/* How bytes become text where the property does not say it. */
typedef struct
{
  const char *encoding; /* for iconv */
  gboolean utf8;        /* the whole file is UTF-8, whatever is said of raw (not quoted) values */
} SatVcardText;

/* What the head of a line (all before the colon) says about the value, needed to join lines. */
typedef struct
{
  gsize value; /* where the value begins; 0: there is no colon yet */
  gboolean quoted_printable;
  gboolean binary;
} SatVcardHead;

/* Looks at LENGTH bytes of a line that may go on. */
SatVcardHead sat_vcard_head (const char *line, gsize length);

/* INVALID: no name or no colon, or bytes that are no text in their encoding. SIZE: of a binary
 * value that was too large, which LINE does not hold; else 0. */
SatVcardProperty *sat_vcard_property_parse (const char *line,
                                            gsize length,
                                            const SatVcardText *text,
                                            guint64 number,
                                            gsize size,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sat_vcard_property_free (SatVcardProperty *property);

gboolean sat_vcard_property_has_type (const SatVcardProperty *property, const char *type);

/* The value as plain text. Newly allocated. */
char *sat_vcard_property_text (const SatVcardProperty *property, SatVcardVersion version);
/* The parts of the value between SEPARATOR (';' or ','), each as plain text, NULL-terminated. */
char **sat_vcard_property_parts (const SatVcardProperty *property,
                                 SatVcardVersion version,
                                 char separator);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatVcardProperty, sat_vcard_property_free)

G_END_DECLS
