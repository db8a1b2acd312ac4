/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields take what they want of the card one after another and mark it as used; what is left is
 * spare (sat-vcard-spare.c). */
#include "core/exchange/sat-vcard-row.h"

#include <string.h>

#include "core/base/sat-error.h"
#include "core/base/sat-id.h"
#include "core/base/sat-text.h"
#include "core/exchange/sat-vcard-spare.h"
#include "core/value/sat-picture.h"

typedef struct
{
  const SatVcardFields *fields;
  const SatVcard *card;
  SatNamedRow *row;
  GHashTable *used; /* SatVcardProperty */
  gboolean ours;
  gboolean company;
} Placing;

/* ---- properties ---- */

static gboolean
is_free (const Placing *placing, const SatVcardProperty *property, const char *name)
{
  return strcmp (property->name, name) == 0 && !property->binary &&
         !sat_vcard_is_blank (property) && !g_hash_table_contains (placing->used, property);
}

static void
use (const Placing *placing, const SatVcardProperty *property)
{
  if (property != NULL)
    g_hash_table_add (placing->used, (gpointer) property);
}

static guint
rank (const SatVcardProperty *property)
{
  if (property->pref > 0)
    return property->pref;
  if (sat_vcard_property_has_type (property, "pref"))
    return 1;
  return sat_vcard_property_has_type (property, "work") ? 101 : 102;
}

typedef gboolean (*Suits) (const SatVcardProperty *property);

/* The most wanted one of NAME; NULL: none. SUITS may be NULL. */
static const SatVcardProperty *
best (const Placing *placing, const char *name, Suits suits)
{
  const SatVcardProperty *found = NULL;

  for (guint i = 0; i < placing->card->properties->len; i++)
    {
      const SatVcardProperty *property = sat_vcard_at (placing->card, i);

      if (is_free (placing, property, name) && (suits == NULL || suits (property)) &&
          (found == NULL || rank (property) < rank (found)))
        found = property;
    }
  return found;
}

/* ---- fields ---- */

/* Takes VALUE. FALSE: there is no such field, or it has a value. */
static gboolean
set (Placing *placing, SatVcardSlot slot, char *value)
{
  const SatField *field = placing->fields->slots[slot];

  if (field == NULL)
    {
      g_free (value);
      return FALSE;
    }
  return sat_named_row_add (placing->row, field->name, value, FALSE);
}

static gboolean
wants (const Placing *placing, SatVcardSlot slot)
{
  const SatField *field = placing->fields->slots[slot];

  return field != NULL && !sat_named_row_has (placing->row, field->name);
}

static void
set_property (Placing *placing, SatVcardSlot slot, const SatVcardProperty *property)
{
  if (property != NULL && wants (placing, slot) &&
      set (placing, slot, sat_vcard_text (placing->card, property)))
    use (placing, property);
}

static void
place_own (Placing *placing)
{
  const SatVcardProperty *product = sat_vcard_find (placing->card, "PRODID");
  const SatVcardProperty *uid = sat_vcard_find (placing->card, "UID");

  placing->ours = product != NULL && g_str_has_prefix (product->value, SAT_VCARD_PRODUCT);
  if (placing->ours && uid != NULL)
    {
      const char *value = uid->value;

      if (g_ascii_strncasecmp (value, "urn:uuid:", 9) == 0)
        value += 9;
      sat_named_row_add (placing->row, "id", g_strdup (value), TRUE);
      use (placing, uid);
    }
  for (guint i = 0; i < placing->card->properties->len; i++)
    {
      const SatVcardProperty *property = sat_vcard_at (placing->card, i);
      const SatField *field = sat_vcard_extended (placing->fields, property->name);

      if (field != NULL && is_free (placing, property, property->name) &&
          sat_named_row_add (placing->row, field->name, sat_vcard_text (placing->card, property),
                             FALSE))
        use (placing, property);
    }
}

/* ---- names ---- */

static gboolean
says (const SatVcardProperty *property, const char *word)
{
  g_autofree char *value = property != NULL ? g_strstrip (g_strdup (property->value)) : NULL;

  return value != NULL && g_ascii_strcasecmp (value, word) == 0;
}

static gboolean
is_only_org (const Placing *placing)
{
  const SatVcardProperty *full = best (placing, "FN", NULL);
  const SatVcardProperty *name = best (placing, "N", NULL);
  const SatVcardProperty *org = best (placing, "ORG", NULL);
  g_auto (GStrv) parts = sat_vcard_parts (placing->card, org, 1);
  g_autofree char *text = full != NULL ? sat_vcard_text (placing->card, full) : g_strdup ("");

  return org != NULL && name == NULL && (*text == '\0' || strcmp (text, parts[0]) == 0);
}

static void
place_kind (Placing *placing)
{
  const SatVcardProperty *kind = best (placing, "KIND", NULL);
  const SatVcardProperty *shown = best (placing, "X-ABSHOWAS", NULL);
  gboolean org = says (kind, "org") || says (kind, "organization") || says (shown, "COMPANY");

  placing->company = org || (!says (kind, "individual") && is_only_org (placing));
  /* Satchel writes it where there is one. */
  if (placing->ours && kind == NULL)
    {
      use (placing, shown);
      return;
    }
  if (wants (placing, SAT_VCARD_KIND))
    set (placing, SAT_VCARD_KIND, g_strdup (placing->company ? "company" : "person"));
  else if (org)
    return;
  if (org || says (kind, "individual"))
    use (placing, kind);
  use (placing, shown);
}

/* Prefix, given name, further names, family name, suffix, as they are said; a name in Chinese
 * characters has its family name first and no blanks. */
static char *
compose_name (char **n)
{
  gunichar family = g_utf8_get_char (n[0]);
  char *order[] = { n[3], n[1], n[2], n[0], n[4], NULL };

  if (family >= 0x3400 && family <= 0x9fff && g_utf8_get_char (n[1]) >= 0x3400)
    return g_strconcat (n[0], n[1], n[2], NULL);
  return sat_vcard_joined (order, 0, " ");
}

/* In whatever case. */
static gboolean
has_all_words (const char *full, char **parts)
{
  g_autofree char *folded = sat_text_fold (full);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *part = sat_text_fold (parts[i]);
      g_auto (GStrv) words = g_strsplit_set (part, " ,", -1);

      for (guint j = 0; words[j] != NULL; j++)
        if (strstr (folded, words[j]) == NULL)
          return FALSE;
    }
  return TRUE;
}

/* A card that has nothing for a name is called as its owner's phone would call it. */
static char *
find_other_name (const Placing *placing, const SatVcardProperty **source)
{
  static const char *const names[] = { "NICKNAME", "ORG", "EMAIL", "TEL" };

  for (guint i = 0; i < G_N_ELEMENTS (names) && !placing->ours; i++)
    {
      const SatVcardProperty *property = best (placing, names[i], NULL);
      g_auto (GStrv) parts = sat_vcard_parts (placing->card, property, 1);

      /* The others are values of their own as well. */
      *source = i == 0 ? property : NULL;
      if (*parts[0] != '\0')
        return g_strdup (parts[0]);
    }
  return NULL;
}

static void
place_name (Placing *placing)
{
  const SatVcardProperty *full = best (placing, "FN", NULL);
  const SatVcardProperty *split = best (placing, "N", NULL);
  g_auto (GStrv) n = sat_vcard_parts (placing->card, split, 5);
  g_autofree char *name = full != NULL ? sat_vcard_text (placing->card, full) : NULL;
  const SatVcardProperty *source = full;

  if (!wants (placing, SAT_VCARD_NAME))
    return;
  if (name == NULL && split != NULL)
    name = compose_name (n);
  if (split != NULL && (full == NULL || has_all_words (name, n)))
    use (placing, split);
  if (name == NULL || *name == '\0')
    {
      g_free (name);
      name = find_other_name (placing, &source);
    }
  use (placing, source);
  if (name != NULL)
    set (placing, SAT_VCARD_NAME, g_steal_pointer (&name));
}

static void
place_org (Placing *placing)
{
  const SatVcardProperty *org = best (placing, "ORG", NULL);
  const SatVcardProperty *full = sat_vcard_find (placing->card, "FN");
  g_auto (GStrv) parts = sat_vcard_parts (placing->card, org, 1);
  g_autofree char *units = sat_vcard_joined (parts, 1, ", ");
  g_autofree char *name = full != NULL ? sat_vcard_text (placing->card, full) : g_strdup ("");
  gboolean whole;

  if (org == NULL)
    return;
  /* The company's own name, or the name of whom the contact works for. */
  whole = *parts[0] == '\0' ||
          (placing->fields->slots[SAT_VCARD_COMPANY] == NULL && placing->company &&
           (*name == '\0' || strcmp (name, parts[0]) == 0)) ||
          set (placing, SAT_VCARD_COMPANY, g_strdup (parts[0]));
  if (*units != '\0' && !set (placing, SAT_VCARD_UNIT, g_strdup (units)))
    whole = FALSE;
  if (whole)
    use (placing, org);
}

/* ---- ways to reach somebody ---- */

/* A pager and the like speak with nobody. */
static gboolean
is_voice (const SatVcardProperty *property)
{
  static const char *const others[] = { "pager", "modem", "isdn", "bbs", "telex", "textphone" };

  for (guint i = 0; property->types[i] != NULL; i++)
    if (g_str_has_suffix (property->types[i], "fax"))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (sat_vcard_property_has_type (property, others[i]))
      return FALSE;
  return TRUE;
}

static gboolean
is_mobile (const SatVcardProperty *property)
{
  return is_voice (property) && (sat_vcard_property_has_type (property, "cell") ||
                                 sat_vcard_property_has_type (property, "mobile") ||
                                 sat_vcard_property_has_type (property, "iphone"));
}

static gboolean
is_fixed (const SatVcardProperty *property)
{
  return is_voice (property) && !is_mobile (property);
}

/* "tel:+1-418-656-9254;ext=102" of RFC 3966. */
static void
place_phone (Placing *placing, SatVcardSlot slot, const SatVcardProperty *property)
{
  g_autoptr (GString) text = NULL;

  if (property == NULL || !wants (placing, slot))
    return;
  g_autofree char *plain = sat_vcard_text (placing->card, property);
  text = g_string_new (plain);
  if (g_ascii_strncasecmp (plain, "tel:", 4) == 0)
    g_string_replace (text, ";ext=", " x", 1);
  if (set (placing, slot, g_strdup (text->str)))
    use (placing, property);
}

static void
place_phones (Placing *placing)
{
  gboolean two = placing->fields->slots[SAT_VCARD_MOBILE] != NULL;

  place_phone (placing, SAT_VCARD_MOBILE, best (placing, "TEL", is_mobile));
  place_phone (placing, SAT_VCARD_PHONE, best (placing, "TEL", two ? is_fixed : is_voice));
  place_phone (placing, SAT_VCARD_PHONE, best (placing, "TEL", is_voice));
}

static gboolean
is_wechat (const SatVcardProperty *property)
{
  return sat_vcard_property_has_type (property, "wechat") ||
         sat_vcard_property_has_type (property, "weixin") ||
         g_ascii_strncasecmp (property->value, "wechat:", 7) == 0 ||
         g_ascii_strncasecmp (property->value, "weixin:", 7) == 0;
}

static void
place_wechat (Placing *placing)
{
  const SatVcardProperty *other = best (placing, "IMPP", is_wechat);

  set_property (placing, SAT_VCARD_WECHAT, best (placing, "X-WECHAT", NULL));
  if (other == NULL || !wants (placing, SAT_VCARD_WECHAT))
    return;
  g_autofree char *text = sat_vcard_text (placing->card, other);
  gsize scheme = g_ascii_strncasecmp (text, "wechat:", 7) == 0 ||
                         g_ascii_strncasecmp (text, "weixin:", 7) == 0
                     ? 7
                     : 0;
  if (set (placing, SAT_VCARD_WECHAT, g_strdup (text + scheme)))
    use (placing, other);
}

/* Post office box, more, street, city, region, postal code, country. What has no field of its own
 * is a line of the address. */
static void
place_address (Placing *placing)
{
  static const SatVcardSlot slots[] = { SAT_VCARD_STREET, SAT_VCARD_STREET,   SAT_VCARD_STREET,
                                        SAT_VCARD_CITY,   SAT_VCARD_PROVINCE, SAT_VCARD_POSTAL_CODE,
                                        SAT_VCARD_COUNTRY };
  const SatVcardProperty *property = best (placing, "ADR", NULL);
  g_auto (GStrv) parts = sat_vcard_parts (placing->card, property, G_N_ELEMENTS (slots));
  char *own[G_N_ELEMENTS (slots)] = { NULL };

  if (property == NULL || !wants (placing, SAT_VCARD_STREET))
    return;
  for (guint i = 3; i < G_N_ELEMENTS (slots); i++)
    if (*parts[i] != '\0' && wants (placing, slots[i]))
      {
        own[i] = parts[i];
        parts[i] = g_strdup ("");
      }
  set (placing, SAT_VCARD_STREET, sat_vcard_joined (parts, 0, "\n"));
  for (guint i = 3; i < G_N_ELEMENTS (slots); i++)
    if (own[i] != NULL)
      set (placing, slots[i], own[i]);
  use (placing, property);
}

/* "37.386013;-122.082932", since vCard 4.0 "geo:37.386013,-122.082932;u=35" (RFC 5870). What is no
 * place for us stays with the rest of the card. */
static void
place_location (Placing *placing)
{
  const SatVcardProperty *property = best (placing, "GEO", NULL);
  g_autofree char *text = NULL;
  g_autofree char *value = NULL;
  gboolean uri;

  if (property == NULL || !wants (placing, SAT_VCARD_PLACE))
    return;
  text = sat_vcard_text (placing->card, property);
  uri = g_ascii_strncasecmp (text, "geo:", 4) == 0;
  if (uri)
    text[strcspn (text, ";")] = '\0';
  else
    g_strdelimit (text, ";", ',');
  if (sat_type_get (SAT_TYPE_PLACE)
          ->parse (&placing->fields->slots[SAT_VCARD_PLACE]->options, uri ? text + 4 : text, &value,
                   NULL) &&
      value != NULL && set (placing, SAT_VCARD_PLACE, g_steal_pointer (&value)))
    use (placing, property);
}

/* ---- the rest ---- */

/* "1980-03-22", "19800322", either with a time after it; NULL: the date is not whole. */
static char *
whole_date (const SatVcardProperty *property, const char *text)
{
  g_autofree char *day = g_strndup (text, strcspn (text, "T "));
  gsize digits = strspn (day, "0123456789");

  if (property->as_text || property->omit_year || g_str_has_prefix (day, "--") ||
      (digits == strlen (day) && digits < 8) || (digits == 4 && day[4] == '-' && strlen (day) < 8))
    return NULL;
  if (digits == 8 && day[8] == '\0')
    return g_strdup_printf ("%.4s-%.2s-%.2s", day, day + 4, day + 6);
  return g_steal_pointer (&day);
}

static void
place_birthday (Placing *placing)
{
  const SatVcardProperty *property = best (placing, "BDAY", NULL);
  g_autofree char *text = property != NULL ? sat_vcard_text (placing->card, property) : NULL;
  g_autofree char *date = text != NULL ? whole_date (property, text) : NULL;

  if (date != NULL && wants (placing, SAT_VCARD_BIRTHDAY) &&
      set (placing, SAT_VCARD_BIRTHDAY, g_steal_pointer (&date)))
    use (placing, property);
}

/* All properties of NAME, one after another. */
static void
place_all (Placing *placing, SatVcardSlot slot, const char *name, const char *separator)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < placing->card->properties->len && wants (placing, slot); i++)
    {
      const SatVcardProperty *property = sat_vcard_at (placing->card, i);

      if (!is_free (placing, property, name))
        continue;
      g_autofree char *text = sat_vcard_text (placing->card, property);
      g_string_append_printf (all, "%s%s", all->len > 0 ? separator : "", text);
      use (placing, property);
    }
  if (all->len > 0)
    set (placing, slot, g_strdup (all->str));
}

/* One that is too large or of another kind stays what it is: spare. */
static void
place_picture (Placing *placing, const char *name)
{
  for (guint i = 0; i < placing->card->properties->len && wants (placing, SAT_VCARD_PICTURE); i++)
    {
      const SatVcardProperty *property = sat_vcard_at (placing->card, i);
      g_autofree guint8 *bytes = NULL;
      char *value;
      gsize size;

      if (property->data == NULL || strcmp (property->name, name) != 0)
        continue;
      bytes = g_base64_decode (property->data, &size);
      value = sat_picture_from_bytes (bytes, size, NULL);
      if (value != NULL && set (placing, SAT_VCARD_PICTURE, value))
        use (placing, property);
    }
}

static void
place_pictures (Placing *placing)
{
  const SatField *field = placing->fields->slots[SAT_VCARD_PICTURE];

  if (field != NULL && strcmp (field->name, "logo") == 0)
    place_picture (placing, "LOGO");
  place_picture (placing, "PHOTO");
}

/* ---- a card ---- */

static void
note_group (const Placing *placing)
{
  if (placing->row->problem == NULL &&
      (says (sat_vcard_find (placing->card, "KIND"), "group") ||
       says (sat_vcard_find (placing->card, "X-ADDRESSBOOKSERVER-KIND"), "group")))
    sat_fail (&placing->row->problem, SAT_ERROR_INVALID,
              N_ ("the card is a list of people, not a person or a company; leave it out"), NULL);
}

void
sat_vcard_row_fill (const SatVcardFields *fields, const SatVcard *card, SatNamedRow *row)
{
  g_autoptr (GHashTable) used = g_hash_table_new (NULL, NULL);
  Placing placing = { .fields = fields, .card = card, .row = row, .used = used };

  row->row = card->number;
  if (card->problem != NULL)
    row->problem = g_error_copy (card->problem);
  note_group (&placing);
  place_own (&placing);
  place_kind (&placing);
  place_name (&placing);
  place_org (&placing);
  set_property (&placing, SAT_VCARD_TITLE, best (&placing, "TITLE", NULL));
  place_phones (&placing);
  set_property (&placing, SAT_VCARD_EMAIL, best (&placing, "EMAIL", NULL));
  place_wechat (&placing);
  set_property (&placing, SAT_VCARD_URL, best (&placing, "URL", NULL));
  place_address (&placing);
  place_location (&placing);
  place_birthday (&placing);
  place_all (&placing, SAT_VCARD_TAGS, "CATEGORIES", ",");
  place_all (&placing, SAT_VCARD_NOTES, "NOTE", "\n\n");
  place_pictures (&placing);
  sat_vcard_keep_spare (fields, card, used, row);
}
