/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/exchange/sat-vcard-writer.h"

#include <string.h>

#include "core/value/sat-picture.h"

#define LINE 75 /* bytes, RFC 6350 section 3.2 */

typedef struct
{
  GString *out;
  SatVcardVersion version;
  const SatVcardFields *fields;
  const char *const *texts;
} Writing;

/* ---- lines ---- */

/* The blank that a line goes on with counts as one of its bytes. */
static void
put_folded (GString *out, const GString *line)
{
  gsize room = LINE;

  for (const char *p = line->str; *p != '\0';)
    {
      gsize size = (gsize) (g_utf8_next_char (p) - p);

      if (size > room)
        {
          g_string_append (out, "\r\n ");
          room = LINE - 1;
        }
      g_string_append_len (out, p, (gssize) size);
      room -= size;
      p += size;
    }
  g_string_append (out, "\r\n");
}

/* An address is no text: only what would be taken for an escape is escaped. */
static void
escape (GString *out, const char *text, const char *special)
{
  for (const char *p = text; *p != '\0'; p++)
    if (*p == '\n')
      g_string_append (out, "\\n");
    else
      {
        if (strchr (special, *p) != NULL)
          g_string_append_c (out, '\\');
        g_string_append_c (out, *p);
      }
}

#define TEXT "\\,;"
#define URI "\\"

/* HEAD has its colon. */
static void
put (const Writing *writing, const char *head, const char *text, const char *special)
{
  g_autoptr (GString) line = g_string_new (head);

  if (text == NULL)
    return;
  escape (line, text, special);
  put_folded (writing->out, line);
}

/* ---- fields ---- */

static const char *
text_at (const Writing *writing, SatVcardSlot slot)
{
  const SatField *field = writing->fields->slots[slot];

  return field != NULL ? writing->texts[field->index] : NULL;
}

static void
put_slot (const Writing *writing, const char *head, SatVcardSlot slot)
{
  put (writing, head, text_at (writing, slot), TEXT);
}

/* Parts with nothing in them at all are no property. */
static void
put_parts (const Writing *writing, const char *head, const char *const *parts, guint n)
{
  g_autoptr (GString) line = g_string_new (head);
  gboolean any = FALSE;

  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (line, ';');
      if (parts[i] != NULL)
        escape (line, parts[i], TEXT);
      any = any || parts[i] != NULL;
    }
  if (any)
    put_folded (writing->out, line);
}

/* 3.0 has no KIND; what Apple's programs say in its stead is understood by others too. */
static void
put_kind (const Writing *writing, const char *name)
{
  const char *kind = text_at (writing, SAT_VCARD_KIND);
  gboolean company = g_strcmp0 (kind, "company") == 0;
  gboolean known = company || g_strcmp0 (kind, "person") == 0;

  if (company && text_at (writing, SAT_VCARD_COMPANY) == NULL && *name != '\0')
    put (writing, "ORG:", name, TEXT);
  if (known && writing->version == SAT_VCARD_4_0)
    put (writing, "KIND:", company ? "org" : "individual", TEXT);
  else
    put (writing, "X-SATCHEL-KIND:", kind, TEXT);
  if (company && writing->version == SAT_VCARD_3_0)
    put (writing, "X-ABShowAs:", "COMPANY", TEXT);
}

/* Which part of a name is which is not known: all of it is the family name, by which programs
 * sort. */
static void
put_name (const Writing *writing, const char *name)
{
  g_autoptr (GString) split = g_string_new ("N:");

  put (writing, "FN:", name, TEXT);
  escape (split, name, TEXT);
  g_string_append (split, ";;;;");
  put_folded (writing->out, split);
}

static void
put_org (const Writing *writing)
{
  const char *const parts[] = { text_at (writing, SAT_VCARD_COMPANY),
                                text_at (writing, SAT_VCARD_UNIT) };

  put_parts (writing, "ORG:", parts, parts[1] != NULL ? 2 : 1);
}

static void
put_address (const Writing *writing)
{
  const char *const parts[] = { NULL,
                                NULL,
                                text_at (writing, SAT_VCARD_STREET),
                                text_at (writing, SAT_VCARD_CITY),
                                text_at (writing, SAT_VCARD_PROVINCE),
                                text_at (writing, SAT_VCARD_POSTAL_CODE),
                                text_at (writing, SAT_VCARD_COUNTRY) };

  put_parts (writing, "ADR;TYPE=work:", parts, G_N_ELEMENTS (parts));
}

/* As two numbers; since 4.0 as an address (RFC 5870). */
static void
put_place (const Writing *writing)
{
  const char *place = text_at (writing, SAT_VCARD_PLACE);
  g_autofree char *value = g_strdup (place);

  if (place != NULL && writing->version == SAT_VCARD_4_0)
    put (writing, "GEO:geo:", place, URI);
  else if (place != NULL)
    put (writing, "GEO:", g_strdelimit (value, ",", ';'), URI);
}

static void
put_birthday (const Writing *writing)
{
  const char *date = text_at (writing, SAT_VCARD_BIRTHDAY);
  g_autoptr (GString) text = g_string_new (date);

  if (writing->version == SAT_VCARD_4_0)
    g_string_replace (text, "-", "", 0);
  put (writing, "BDAY:", date != NULL ? text->str : NULL, TEXT);
}

/* Between tags a comma stands as it is; in them there is none. */
static void
put_tags (const Writing *writing)
{
  const char *tags = text_at (writing, SAT_VCARD_TAGS);
  g_autoptr (GString) text = g_string_new (tags);

  g_string_replace (text, ", ", ",", 0);
  put (writing, "CATEGORIES:", tags != NULL ? text->str : NULL, URI);
}

/* A company has a logo; whatever else has a picture is shown by it. */
static void
put_picture (const Writing *writing)
{
  const SatField *field = writing->fields->slots[SAT_VCARD_PICTURE];
  const char *value = text_at (writing, SAT_VCARD_PICTURE);
  gboolean logo = field != NULL && strcmp (field->name, "logo") == 0 &&
                  g_strcmp0 (text_at (writing, SAT_VCARD_KIND), "person") != 0;
  const char *name = logo ? "LOGO" : "PHOTO";
  g_autofree char *head = NULL;
  SatPictureKind kind;

  if (value == NULL || !sat_picture_look (value, &kind, NULL))
    return;
  if (writing->version == SAT_VCARD_4_0)
    head = g_strdup_printf ("%s:data:%s;base64,", name, sat_picture_media (kind));
  else
    {
      g_autofree char *type = g_ascii_strup (sat_picture_name (kind), -1);

      head = g_strdup_printf ("%s;ENCODING=b;TYPE=%s:", name, type);
    }
  put (writing, head, value, URI);
}

static void
put_others (const Writing *writing)
{
  const SatObject *object = writing->fields->object;

  for (guint i = 0; i < object->n_fields; i++)
    if (!sat_vcard_fields_has (writing->fields, object->fields[i]))
      {
        g_autofree char *name = sat_vcard_extension (object->fields[i]);
        g_autofree char *head = g_strconcat (name, ":", NULL);

        put (writing, head, writing->texts[i], TEXT);
      }
}

void
sat_vcard_write (GString *out,
                 SatVcardVersion version,
                 const SatVcardFields *fields,
                 const char *id,
                 const char *name,
                 const char *const *texts)
{
  Writing writing = { out, version, fields, texts };

  put (&writing, "BEGIN:", "VCARD", TEXT);
  put (&writing, "VERSION:", version == SAT_VCARD_4_0 ? "4.0" : "3.0", TEXT);
  put (&writing, "PRODID:", SAT_VCARD_PRODUCT "Satchel//EN", TEXT);
  put (&writing, "UID:urn:uuid:", id, TEXT);
  put_name (&writing, name);
  put_org (&writing);
  put_kind (&writing, name);
  put_slot (&writing, "TITLE:", SAT_VCARD_TITLE);
  put_slot (&writing, "TEL;TYPE=work:", SAT_VCARD_PHONE);
  put_slot (&writing, "TEL;TYPE=cell:", SAT_VCARD_MOBILE);
  put_slot (&writing, "EMAIL:", SAT_VCARD_EMAIL);
  put_slot (&writing, "X-WECHAT:", SAT_VCARD_WECHAT);
  put (&writing, "URL:", text_at (&writing, SAT_VCARD_URL), URI);
  put_address (&writing);
  put_place (&writing);
  put_birthday (&writing);
  put_tags (&writing);
  put_slot (&writing, "NOTE:", SAT_VCARD_NOTES);
  put_picture (&writing);
  put_others (&writing);
  put (&writing, "END:", "VCARD", TEXT);
}
