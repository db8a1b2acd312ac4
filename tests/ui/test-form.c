/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Editors give back what they were shown, and a form keeps what a person typed apart from what the
 * replica says. No window is needed: nothing here is drawn. */
#include <adwaita.h>
#include <glib/gstdio.h>

#include "core/value/sat-picture.h"
#include "gtk-app/field/sat-field-attachment.h"
#include "gtk-app/field/sat-field-picture.h"
#include "gtk-app/field/sat-file-work.h"
#include "gtk-app/form/sat-form.h"
#include "tests/support/world.h"

typedef struct
{
  World world;
  SatService *service;
  SatWorkspace *other;
} Bed;

static void
bed_init (Bed *bed)
{
  SatWorkspace *laptop;
  g_autofree char *home = NULL;
  GError *error = NULL;

  world_plain_laptop (&bed->world, &laptop);
  home = g_strdup (sat_workspace_home (laptop));
  sat_workspace_close (laptop);
  bed->service = sat_service_new (home, &error);
  g_assert_no_error (error);
  bed->other = sat_workspace_open (home, NULL, sat_service_catalogue (bed->service), &error);
  g_assert_no_error (error);
}

static void
bed_clear (Bed *bed)
{
  /* Answers still under way hold the service. */
  while (G_OBJECT (bed->service)->ref_count > 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (bed->service);
  sat_workspace_close (bed->other);
  world_clear (&bed->world);
}

/* ---- editors ------------------------------------------------------------------------------- */

static const char *const *
samples (SatTypeId type)
{
  static const char *const texts[SAT_N_TYPES][4] = {
    [SAT_TYPE_TEXT] = { "a", "上海宏达", "<b>&amp;</b>", NULL },
    [SAT_TYPE_LONG_TEXT] = { "one\ntwo", "三\n\n四", NULL },
    [SAT_TYPE_INTEGER] = { "0", "-42", "9223372036854775807", NULL },
    [SAT_TYPE_DECIMAL] = { "3.1415", "-0.5", NULL },
    [SAT_TYPE_PERCENT] = { "25", "0.5", NULL },
    [SAT_TYPE_MONEY] = { "1234567.50 USD", "-0.0001 CNY", "8.00 XAF", NULL },
    [SAT_TYPE_DATE] = { "2026-11-21", "1949-10-01", NULL },
    [SAT_TYPE_TIME] = { "2026-11-21T08:00:00Z", "2026-11-21T08:00:05Z", NULL },
    [SAT_TYPE_YES_NO] = { "yes", "no", NULL },
    [SAT_TYPE_CHOICE] = { "of_a_newer_catalogue", NULL },
    [SAT_TYPE_TAGS] = { "east\nvip", "老客户", NULL },
    [SAT_TYPE_REFERENCE] = { "0192f0c1-2345-7abc-8def-0123456789ab", NULL },
    [SAT_TYPE_PHONE] = { "021-5555-0100", "+86 21 5555 0100", NULL },
    [SAT_TYPE_EMAIL] = { "wang@example.com", NULL },
    [SAT_TYPE_WEB] = { "https://example.com/a?b=c", NULL },
    [SAT_TYPE_ADDRESS] = { "人民路 1 号\n上海", NULL },
    /* A whole one, and one that is broken behind its first bytes. */
    [SAT_TYPE_PICTURE] = { "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "/9j/4AAQ",
                           NULL },
    [SAT_TYPE_PLACE] = { "48.137000,11.575000", "-0.500000,180.000000", NULL },
    [SAT_TYPE_ATTACHMENT] = { "a.pdf 3 "
                              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                              NULL },
  };

  return texts[type];
}

static void
assert_shows (SatFieldEditor *editor, const char *value)
{
  g_autofree char *got = NULL;
  GError *error = NULL;

  sat_field_editor_set_value (editor, value);
  g_assert_true (sat_field_editor_get_value (editor, &got, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (got, ==, value);
}

static void
changed_cb (guint *count)
{
  (*count)++;
}

static void
try_field (Bed *bed, const SatField *field)
{
  SatFieldEditor *editor = g_object_ref_sink (sat_field_editor_new (field, bed->service));
  const char *const *values = samples (field->type->id);
  guint changes = 0;

  g_signal_connect_swapped (editor, "changed", G_CALLBACK (changed_cb), &changes);
  assert_shows (editor, NULL);
  for (guint i = 0; values[i] != NULL; i++)
    {
      assert_shows (editor, values[i]);
      assert_shows (editor, NULL);
    }
  for (guint i = 0; field->type->id == SAT_TYPE_CHOICE && i < field->n_choices; i++)
    assert_shows (editor, field->choices[i].name);
  /* Being shown something is not a person's doing. */
  g_assert_cmpuint (changes, ==, 0);
  g_object_unref (editor);
}

static void
test_editors (void)
{
  Bed bed;
  const SatCatalogue *catalogue;
  gboolean seen[SAT_N_TYPES] = { FALSE };

  bed_init (&bed);
  catalogue = sat_service_catalogue (bed.service);
  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    {
      const SatObject *object = sat_catalogue_object (catalogue, i);

      for (guint j = 0; j < object->n_fields; j++)
        {
          try_field (&bed, object->fields[j]);
          seen[object->fields[j]->type->id] = TRUE;
        }
    }
  g_assert_true (seen[SAT_TYPE_MONEY] && seen[SAT_TYPE_TIME] && seen[SAT_TYPE_TAGS] &&
                 seen[SAT_TYPE_REFERENCE] && seen[SAT_TYPE_YES_NO] && seen[SAT_TYPE_WEB]);
  bed_clear (&bed);
}

/* A file that is too large for the field becomes a smaller JPEG. */
static void
test_picture (void)
{
  Bed bed;
  const SatField *field;
  SatFieldEditor *editor;
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, 900, 600);
  g_autofree char *path = NULL;
  g_autofree char *got = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  SatPictureKind kind;
  guint changes = 0;
  gsize size;

  bed_init (&bed);
  field = sat_object_find (sat_catalogue_find (sat_service_catalogue (bed.service), "contact"),
                           "photo");
  editor = g_object_ref_sink (sat_field_editor_new (field, bed.service));
  g_signal_connect_swapped (editor, "changed", G_CALLBACK (changed_cb), &changes);
  for (gsize i = 0; i < gdk_pixbuf_get_byte_length (pixbuf); i++)
    pixels[i] = (guint8) g_rand_int (rand);
  path = g_build_filename (bed.world.dir, "noise.png", NULL);
  g_assert_true (gdk_pixbuf_save (pixbuf, path, "png", NULL, NULL));
  file = g_file_new_for_path (path);
  sat_field_picture_take (SAT_FIELD_PICTURE (editor), file);
  g_assert_cmpuint (changes, ==, 1);
  g_assert_true (sat_field_editor_get_value (editor, &got, NULL));
  g_assert_true (sat_picture_look (got, &kind, &size));
  g_assert_cmpint (kind, ==, SAT_PICTURE_JPEG);
  g_assert_cmpuint (size, <=, SAT_PICTURE_MAX);
  g_object_unref (editor);
  bed_clear (&bed);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  GFile **file = data;

  *file = sat_service_finish (SAT_SERVICE (source), result, &error);
  g_assert_no_error (error);
}

/* A file is kept on a thread and comes out as it was, to be looked at by this account alone; where
 * nothing may be changed it can still be opened. */
static void
test_attachment (void)
{
  Bed bed;
  const SatField *field;
  SatFieldEditor *editor;
  g_autofree char *path = NULL;
  g_autofree char *got = NULL;
  g_autofree char *back = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) written = NULL;
  GStatBuf found;
  guint changes = 0;

  bed_init (&bed);
  field = sat_object_find (sat_catalogue_find (sat_service_catalogue (bed.service), "document"),
                           "file");
  editor = g_object_ref_sink (sat_field_editor_new (field, bed.service));
  g_signal_connect_swapped (editor, "changed", G_CALLBACK (changed_cb), &changes);
  path = g_build_filename (bed.world.dir, "合同 1.txt", NULL);
  g_assert_true (g_file_set_contents (path, "abc", 3, NULL));
  file = g_file_new_for_path (path);
  sat_field_attachment_take (SAT_FIELD_ATTACHMENT (editor), file);
  while (changes == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (sat_field_editor_get_value (editor, &got, NULL));
  g_assert_cmpstr (got, ==,
                   "合同 1.txt 3 ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_true (gtk_widget_get_visible (sat_field_editor_get_target (editor)));
  g_assert_true (sat_field_editor_set_fixed (editor, TRUE));
  g_assert_false (gtk_widget_get_visible (sat_field_editor_get_target (editor)));

  g_assert_cmpint (g_remove (path), ==, 0);
  sat_file_work_write (bed.service, got, NULL, NULL, written_cb, &written);
  while (written == NULL)
    g_main_context_iteration (NULL, TRUE);
  name = g_file_get_basename (written);
  g_assert_cmpstr (name, ==, "合同 1.txt");
  g_assert_true (g_file_load_contents (written, NULL, &back, NULL, NULL, NULL));
  g_assert_cmpstr (back, ==, "abc");
  g_assert_cmpint (g_stat (g_file_peek_path (written), &found), ==, 0);
  g_assert_cmpuint (found.st_mode & 077, ==, 0);
  g_assert_true (g_file_delete (written, NULL, NULL));
  g_object_unref (editor);
  bed_clear (&bed);
}

static void
type (SatFieldEditor *editor, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (sat_field_editor_get_target (editor)), text);
}

static void
assert_typed (Bed *bed, const char *object, const char *name, const char *text, const char *value)
{
  const SatField *field = sat_object_find (
      sat_catalogue_find (sat_service_catalogue (bed->service), object), name);
  SatFieldEditor *editor = g_object_ref_sink (sat_field_editor_new (field, bed->service));
  g_autofree char *got = NULL;
  g_autoptr (GError) error = NULL;

  type (editor, text);
  if (value != NULL)
    {
      g_assert_true (sat_field_editor_get_value (editor, &got, &error));
      g_assert_cmpstr (got, ==, value);
    }
  else
    {
      g_assert_false (sat_field_editor_get_value (editor, &got, &error));
      g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
    }
  g_object_unref (editor);
}

/* As people type. TZ is Asia/Shanghai in the tests. */
static void
test_typing (void)
{
  Bed bed;

  bed_init (&bed);
  assert_typed (&bed, "deal", "amount", "12,000.5", "12000.50 CNY");
  assert_typed (&bed, "deal", "amount", "30 USD", "30.00 USD");
  assert_typed (&bed, "deal", "amount", "a lot", NULL);
  assert_typed (&bed, "deal", "close_date", "2026/1/5", "2026-01-05");
  assert_typed (&bed, "deal", "close_date", "31 February", NULL);
  assert_typed (&bed, "activity", "time", "2026-11-21 16:00", "2026-11-21T08:00:00Z");
  assert_typed (&bed, "customer", "email", "wang at example", NULL);
  assert_typed (&bed, "customer", "website", "example.com", "https://example.com");
  assert_typed (&bed, "customer", "tags", "vip", "vip");
  bed_clear (&bed);
}

/* ---- the form ------------------------------------------------------------------------------ */

static SatFieldEditor *
find_editor (GtkWidget *widget, const char *field)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      SatFieldEditor *found;

      if (SAT_IS_FIELD_EDITOR (child) &&
          g_str_equal (sat_field_editor_get_field (SAT_FIELD_EDITOR (child))->name, field))
        return SAT_FIELD_EDITOR (child);
      found = find_editor (child, field);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
assert_field (SatForm *form, const char *field, const char *value)
{
  g_autofree char *got = NULL;

  g_assert_true (sat_field_editor_get_value (find_editor (GTK_WIDGET (form), field), &got, NULL));
  g_assert_cmpstr (got, ==, value);
}

static void
test_form (void)
{
  Bed bed;
  SatId id;
  SatForm *form;
  g_autoptr (SatRecord) first = NULL;
  g_autoptr (SatRecord) second = NULL;
  g_autoptr (SatRecord) third = NULL;
  SatDraft *draft;

  bed_init (&bed);
  id = record_new (bed.other, "customer", "name", "Acme", "phone", "100", "city", "上海", NULL);
  first = record_load (bed.other, "customer", &id);
  form = SAT_FORM (
      g_object_ref_sink (sat_form_new (bed.service, world_object (bed.other, "customer"))));
  sat_form_load (form, first);
  g_assert_false (sat_form_is_dirty (form));

  /* Typing and typing back is no change. */
  type (find_editor (GTK_WIDGET (form), "phone"), "111");
  g_assert_true (sat_form_is_dirty (form));
  type (find_editor (GTK_WIDGET (form), "phone"), "100");
  g_assert_false (sat_form_is_dirty (form));

  /* Untouched fields follow the replica; a touched one stays, and is said to clash. */
  type (find_editor (GTK_WIDGET (form), "phone"), "111");
  record_set (bed.other, "customer", &id, "city", "苏州");
  second = record_load (bed.other, "customer", &id);
  g_assert_cmpuint (sat_form_refresh (form, second), ==, 0);
  assert_field (form, "city", "苏州");
  assert_field (form, "phone", "111");
  record_set (bed.other, "customer", &id, "phone", "122");
  third = record_load (bed.other, "customer", &id);
  g_assert_cmpuint (sat_form_refresh (form, third), ==, 1);
  assert_field (form, "phone", "111");

  /* Saved is what was touched, as one who has seen only the first record. */
  {
    g_autoptr (GPtrArray) drafts = sat_form_take_drafts (form);

    g_assert_nonnull (drafts);
    g_assert_cmpuint (drafts->len, ==, 1);
    draft = g_ptr_array_index (drafts, 0);
    g_assert_true (sat_draft_base (draft) == first);
    g_assert_true (sat_draft_changes (draft, world_field (bed.other, "customer", "phone")));
    g_assert_false (sat_draft_changes (draft, world_field (bed.other, "customer", "city")));
  }
  /* What becomes touched now has seen the third. */
  type (find_editor (GTK_WIDGET (form), "city"), "宁波");
  {
    g_autoptr (GPtrArray) drafts = sat_form_take_drafts (form);

    g_assert_cmpuint (drafts->len, ==, 2);
  }
  g_object_unref (form);
  bed_clear (&bed);
}

static void
test_discard (void)
{
  Bed bed;
  SatId id;
  SatForm *form;
  g_autoptr (SatRecord) record = NULL;
  g_autoptr (SatFormTyped) typed = NULL;

  bed_init (&bed);
  id = record_new (bed.other, "customer", "name", "Acme", "city", "上海", "tags", "vip", NULL);
  record = record_load (bed.other, "customer", &id);
  form = SAT_FORM (
      g_object_ref_sink (sat_form_new (bed.service, world_object (bed.other, "customer"))));
  sat_form_load (form, record);
  type (find_editor (GTK_WIDGET (form), "city"), "苏州");
  type (find_editor (GTK_WIDGET (form), "tags"), "east");
  typed = sat_form_discard (form);
  g_assert_false (sat_form_is_dirty (form));
  assert_field (form, "city", "上海");
  assert_field (form, "tags", "vip");
  sat_form_restore (form, typed);
  g_assert_true (sat_form_is_dirty (form));
  assert_field (form, "city", "苏州");
  assert_field (form, "tags", "east\nvip");
  g_object_unref (form);
  bed_clear (&bed);
}

/* Every problem is shown at once, and nothing is handed out for saving. */
static void
test_problems (void)
{
  Bed bed;
  SatForm *form;
  GPtrArray *drafts;

  bed_init (&bed);
  form = SAT_FORM (
      g_object_ref_sink (sat_form_new (bed.service, world_object (bed.other, "customer"))));
  sat_form_load_new (form, NULL, NULL);
  assert_field (form, "kind", "company");
  type (find_editor (GTK_WIDGET (form), "email"), "nobody");
  g_assert_null (sat_form_take_drafts (form));
  type (find_editor (GTK_WIDGET (form), "email"), "nobody@example.com");
  g_assert_null (sat_form_take_drafts (form));
  type (find_editor (GTK_WIDGET (form), "name"), "Acme");
  drafts = sat_form_take_drafts (form);
  g_assert_nonnull (drafts);
  g_assert_cmpuint (drafts->len, ==, 1);
  g_ptr_array_unref (drafts);
  g_object_unref (form);
  bed_clear (&bed);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/form/editors", test_editors);
  g_test_add_func ("/form/picture", test_picture);
  g_test_add_func ("/form/attachment", test_attachment);
  g_test_add_func ("/form/typing", test_typing);
  g_test_add_func ("/form/form", test_form);
  g_test_add_func ("/form/discard", test_discard);
  g_test_add_func ("/form/problems", test_problems);
  return g_test_run ();
}
