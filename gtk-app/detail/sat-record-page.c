/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/detail/sat-record-page.h"

#include <glib/gi18n.h>

#include "core/base/sat-error.h"
#include "core/workspace/sat-workspace-duplicates.h"
#include "gtk-app/approval/sat-approval-ask.h"
#include "gtk-app/approval/sat-approval-bar.h"
#include "gtk-app/detail/sat-history-list.h"
#include "gtk-app/detail/sat-record-work.h"
#include "gtk-app/detail/sat-related-list.h"
#include "gtk-app/duplicate/sat-duplicate-work.h"
#include "gtk-app/form/sat-form.h"
#include "gtk-app/pipeline/sat-gate-dialog.h"
#include "gtk-app/pipeline/sat-steps.h"
#include "gtk-app/sat-columns-layout.h"
#include "gtk-app/sat-error-text.h"
#include "gtk-app/sat-picture.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/sat-wait.h"
#include "gtk-app/window/sat-page.h"

#define SLOW_MS 1000 /* what is over sooner needs no telling that it waits */

struct _SatRecordPage
{
  GtkWidget parent_instance;

  AdwHeaderBar *header;
  AdwWindowTitle *title;
  GtkButton *back;
  GtkMenuButton *menu;
  GtkButton *save;
  GtkButton *discard;
  GtkRevealer *news;
  GtkLabel *news_text;
  GtkStack *stack;
  AdwClamp *clamp;
  AdwAvatar *avatar;
  GtkLabel *name;
  GtkLabel *detail;
  GtkButton *conflicts;
  GtkLabel *conflicts_text;
  GtkButton *twin; /* what may be the same */
  GtkLabel *twin_text;
  AdwBin *approval_place;
  AdwBin *steps_place;
  AdwBin *form_place;
  GtkBox *side;
  AdwStatusPage *failed;

  SatService *service;
  const SatObject *object;
  SatForm *form;             /* a child */
  SatSteps *steps;           /* a child; NULL: its records have no stages */
  SatApprovalBar *approvals; /* a child */
  SatRecord *record;
  SatId id;
  gboolean blank; /* not saved yet: `id` means nothing */
  gboolean saving;
  gboolean asking; /* while saving: for an approval, too */
  SatWait *wait;   /* while saving */
  gboolean loaded;
  const SatField *wanted; /* to be focused once loaded */
  GCancellable *reading;
  GCancellable *looking;  /* for what may be the same */
  GCancellable *checking; /* whether a colleague has it */
  SatId twin_id;
  gboolean had_twin; /* there was one since the page was opened */
};

static void sat_record_page_page_init (SatPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SatRecordPage,
                               sat_record_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (SAT_TYPE_PAGE, sat_record_page_page_init))

enum
{
  SAVED_NEW,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void reload (SatRecordPage *self);

/* ---- what is shown ------------------------------------------------------------------------- */

static void
show_buttons (SatRecordPage *self)
{
  gboolean dirty = sat_form_is_dirty (self->form);

  gtk_widget_set_visible (GTK_WIDGET (self->save), dirty || self->blank);
  gtk_widget_set_visible (GTK_WIDGET (self->discard), dirty);
  gtk_widget_set_visible (GTK_WIDGET (self->menu), !self->blank);
}

static void
show_news (SatRecordPage *self, const char *text)
{
  if (text != NULL)
    gtk_label_set_label (self->news_text, text);
  gtk_revealer_set_reveal_child (self->news, text != NULL);
}

/* The first picture of the record, else its initials. */
static void
show_picture (SatRecordPage *self)
{
  g_autoptr (GdkTexture) texture = NULL;

  for (guint i = 0; texture == NULL && i < self->object->n_fields; i++)
    if (self->object->fields[i]->type->id == SAT_TYPE_PICTURE && !self->object->fields[i]->hidden)
      texture = sat_picture_texture (sat_record_get (self->record, self->object->fields[i]));
  adw_avatar_set_custom_image (self->avatar, texture != NULL ? GDK_PAINTABLE (texture) : NULL);
}

static void
show_head (SatRecordPage *self, const char *detail)
{
  guint n = sat_record_n_conflicts (self->record);
  g_autofree char *text = g_strdup_printf (
      ngettext ("People disagree about %u field. All values are kept until someone chooses.",
                "People disagree about %u fields. All values are kept until someone chooses.", n),
      n);
  const char *name = sat_record_title (self->record);

  gtk_label_set_label (self->name, name);
  gtk_label_set_label (self->detail, detail);
  gtk_widget_set_visible (GTK_WIDGET (self->detail), *detail != '\0');
  sat_show_avatar (self->avatar, self->object, name);
  show_picture (self);
  gtk_label_set_label (self->conflicts_text, text);
  gtk_widget_set_visible (GTK_WIDGET (self->conflicts), n > 0);
}

/* ---- what may be the same ------------------------------------------------------------------ */

static void
show_twin (SatRecordPage *self, const SatTwin *twin)
{
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->twin), twin != NULL);
  if (twin == NULL)
    return;
  self->twin_id = twin->id;
  self->had_twin = TRUE;
  /* Translators: the title of another record that may be the same as the one shown. */
  text = g_strdup_printf (_ ("Maybe the same as “%s”"), twin->title ? twin->title : "?");
  gtk_label_set_label (self->twin_text, text);
}

static void
twin_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatRecordPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SatTwin) twin = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (self->form != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_twin (self, twin);
}

/* Has anything changed by which records are compared? */
static gboolean
looks_other (const SatRecord *old, const SatRecord *record)
{
  const SatObject *object = sat_record_object (record);

  if (old == NULL)
    return TRUE;
  for (guint i = 0; i < object->n_fields; i++)
    if (object->fields[i]->likeness != SAT_LIKENESS_NONE &&
        g_strcmp0 (sat_record_get (old, object->fields[i]),
                   sat_record_get (record, object->fields[i])) != 0)
      return TRUE;
  return FALSE;
}

/* Looks in the search index when the record is opened, when it reads otherwise, and where there was
 * one: that may have changed, or what a person decided about the two. */
static void
look_for_twin (SatRecordPage *self, const SatRecord *old)
{
  if (!sat_duplicates_known (self->object) || (!self->had_twin && !looks_other (old, self->record)))
    return;
  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  self->looking = g_cancellable_new ();
  sat_duplicate_work_find (self->service, self->object, &self->id, self->looking, twin_found_cb,
                           g_object_ref (self));
}

static void
twin_cb (SatRecordPage *self)
{
  g_autofree char *id = sat_id_dup_text (&self->id);
  g_autofree char *other = sat_id_dup_text (&self->twin_id);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.compare", "(sss)", self->object->name, id,
                              other);
}

/* ---- what a colleague has ------------------------------------------------------------------ */

static void
taken_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatRecordPage) self = data;
  g_autofree char *text = sat_service_finish (SAT_SERVICE (source), result, NULL);

  if (self->form != NULL && text != NULL)
    show_news (self, text);
}

/* Once for a field, when it is left. */
static void
field_left_cb (SatRecordPage *self, const SatField *field, const char *value)
{
  if (value == NULL ||
      (field->likeness != SAT_LIKENESS_NAME && field->likeness != SAT_LIKENESS_PHONE))
    return;
  g_cancellable_cancel (self->checking);
  g_clear_object (&self->checking);
  self->checking = g_cancellable_new ();
  sat_record_work_find_taken (self->service, field, value, self->checking, taken_found_cb,
                              g_object_ref (self));
}

/* ---- more of what is shown ----------------------------------------------------------------- */

/* Lists of what names this record, and its history: once its id is known. */
static void
fill_side (SatRecordPage *self)
{
  const SatCatalogue *catalogue = self->object->catalogue;

  if (gtk_widget_get_first_child (GTK_WIDGET (self->side)) != NULL)
    return;
  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    {
      const SatObject *object = sat_catalogue_object (catalogue, i);

      for (guint j = 0; !object->system && !object->off && j < object->n_fields; j++)
        if (g_strcmp0 (object->fields[j]->reference, self->object->name) == 0)
          gtk_box_append (self->side,
                          sat_related_list_new (self->service, object->fields[j], &self->id));
    }
  gtk_box_append (self->side, sat_history_list_new (self->service, self->object, &self->id));
  gtk_widget_show (GTK_WIDGET (self->side));
  adw_clamp_set_maximum_size (self->clamp, 1100);
}

/* Its stages and its approvals. */
static void
show_steps (SatRecordPage *self)
{
  sat_approval_bar_load (self->approvals, &self->id);
  if (self->steps == NULL)
    return;
  sat_steps_load (self->steps, &self->id);
  gtk_widget_show (GTK_WIDGET (self->steps_place));
}

static void
take_record (SatRecordPage *self, const SatRecord *record)
{
  SatRecord *old = self->record;

  self->record = sat_record_ref (record);
  if (!sat_record_deleted (record))
    look_for_twin (self, old);
  g_clear_pointer (&old, sat_record_unref);
}

static void
show_loaded (SatRecordPage *self, const SatRecordPicture *picture)
{
  guint clashes = 0;
  gboolean first = !self->loaded;

  take_record (self, picture->record);
  if (sat_record_deleted (self->record) && !sat_form_is_dirty (self->form))
    {
      gtk_stack_set_visible_child_name (
          self->stack, sat_record_moved_to (self->record) != NULL ? "elsewhere" : "deleted");
      self->loaded = FALSE;
      return;
    }
  if (first)
    sat_form_load (self->form, self->record);
  else
    clashes = sat_form_refresh (self->form, self->record);
  sat_form_show_computed (self->form, (const char *const *) picture->computed);
  self->loaded = TRUE;
  show_head (self, picture->detail);
  show_steps (self);
  fill_side (self);
  show_buttons (self);
  gtk_stack_set_visible_child_name (self->stack, "record");

  if (clashes > 0)
    show_news (self, _ ("Someone else changed a field that you are changing. "
                        "Saving keeps both values."));
  if (first && self->wanted != NULL)
    sat_form_focus (self->form, g_steal_pointer (&self->wanted));
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatRecordPage) self = data;
  g_autoptr (GError) error = NULL;
  SatRecordPicture *picture = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (picture != NULL)
    {
      if (!self->saving)
        show_loaded (self, picture);
      sat_record_picture_free (picture);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !self->loaded)
    {
      g_autofree char *text = sat_error_text (error);
      g_autofree char *escaped = g_markup_escape_text (text, -1);

      adw_status_page_set_description (self->failed, escaped);
      gtk_stack_set_visible_child_name (self->stack, "error");
    }
}

static void
reload (SatRecordPage *self)
{
  if (self->blank || self->saving)
    return;
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  sat_record_work_load (self->service, self->object, &self->id, self->reading, loaded_cb,
                        g_object_ref (self));
}

/* ---- saving, discarding, deleting ---------------------------------------------------------- */

static void save (SatRecordPage *self, const char *force);
static void saved_cb (GObject *source, GAsyncResult *result, gpointer data);

static void
force_cb (const char *reason, gpointer data)
{
  SatRecordPage *self = data;

  if (self->form != NULL)
    save (self, reason);
}

static void
save_asking_cb (const char *note, const char *to, gpointer data)
{
  SatRecordPage *self = data;
  GPtrArray *drafts = self->form != NULL && !self->saving ? sat_form_take_drafts (self->form)
                                                          : NULL;

  if (drafts == NULL)
    return;
  self->saving = TRUE;
  self->asking = TRUE;
  sat_record_work_save_asking (self->service, drafts, note, to, saved_cb, g_object_ref (self));
}

static void
show_refused (SatRecordPage *self, const GError *error)
{
  GPtrArray *drafts = g_error_matches (error, SAT_ERROR, SAT_ERROR_APPROVAL)
                          ? sat_form_take_drafts (self->form)
                          : NULL;

  if (drafts != NULL)
    sat_approval_ask_refused (GTK_WIDGET (self), self->service, drafts, save_asking_cb,
                              g_object_ref (self), g_object_unref);
  else if (g_error_matches (error, SAT_ERROR, SAT_ERROR_GATE))
    sat_gate_dialog_show (GTK_WIDGET (self), self->service, error, force_cb, g_object_ref (self),
                          g_object_unref);
  else
    sat_toast_error (GTK_WIDGET (self), error, self->object);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatRecordPage) self = data;
  g_autoptr (GError) error = NULL;
  SatRecordPicture *picture = sat_service_finish (SAT_SERVICE (source), result, &error);
  gboolean was_blank = self->blank;
  gboolean asked = self->asking;

  self->saving = self->asking = FALSE;
  g_clear_pointer (&self->wait, sat_wait_end);
  if (picture == NULL)
    {
      show_refused (self, error);
      return;
    }
  self->blank = FALSE;
  self->loaded = TRUE;
  self->id = *sat_record_id (picture->record);
  take_record (self, picture->record);
  sat_form_saved (self->form, self->record);
  sat_form_show_computed (self->form, (const char *const *) picture->computed);
  show_head (self, picture->detail);
  show_news (self, NULL);
  show_steps (self);
  fill_side (self);
  show_buttons (self);
  sat_record_picture_free (picture);
  if (was_blank)
    g_signal_emit (self, signals[SAVED_NEW], 0);
  sat_toast (GTK_WIDGET (self), asked ? _ ("Saved; the approval is asked for") : _ ("Saved"), NULL,
             NULL, NULL, NULL);
}

/* FORCE: why a deal goes on although something is missing; NULL: it does not. */
static void
save (SatRecordPage *self, const char *force)
{
  GPtrArray *drafts;

  if (self->saving || (!self->blank && !sat_form_is_dirty (self->form)))
    return;
  drafts = sat_form_take_drafts (self->form);
  if (drafts == NULL)
    return;
  for (guint i = 0; i < drafts->len; i++)
    sat_draft_set_force (drafts->pdata[i], force);
  self->saving = TRUE;
  self->wait = sat_wait_begin (GTK_WIDGET (self), SLOW_MS,
                               _ ("Waiting to save: something large, such as an import, is "
                                  "being written"));
  sat_record_work_save (self->service, drafts, saved_cb, g_object_ref (self));
}

static void
page_save (SatPage *page)
{
  save (SAT_RECORD_PAGE (page), NULL);
}

/* What an undo of “discard” needs. */
typedef struct
{
  SatRecordPage *page;
  SatFormTyped *typed;
} Discarded;

static void
discarded_free (gpointer data)
{
  Discarded *discarded = data;

  g_object_unref (discarded->page);
  sat_form_typed_free (discarded->typed);
  g_free (discarded);
}

static void
discarded_undo (gpointer data)
{
  Discarded *discarded = data;

  if (discarded->page->form != NULL)
    sat_form_restore (discarded->page->form, discarded->typed);
}

static void
discard_cb (SatRecordPage *self)
{
  Discarded *discarded;

  if (!sat_form_is_dirty (self->form))
    return;
  discarded = g_new0 (Discarded, 1);
  discarded->page = g_object_ref (self);
  discarded->typed = sat_form_discard (self->form);
  show_news (self, NULL);
  sat_toast (GTK_WIDGET (self), _ ("Changes discarded"), _ ("_Undo"), discarded_undo, discarded,
             discarded_free);
}

static void
restore_cb (SatRecordPage *self)
{
  sat_record_work_restore (self->service, self->object, &self->id);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatRecordPage) self = data;
  g_autoptr (GError) error = NULL;
  GArray *removed = sat_service_finish (SAT_SERVICE (source), result, &error);
  g_autofree char *text = NULL;

  if (removed == NULL)
    {
      sat_toast_error (GTK_WIDGET (self), error, self->object);
      return;
    }
  if (removed->len > 1)
    /* Translators: %s is the title of a record, %u how many belonged to it. */
    text = g_strdup_printf (ngettext ("“%s” and %u record of it deleted",
                                      "“%s” and %u records of it deleted", removed->len - 1),
                            sat_record_title (self->record), removed->len - 1);
  else
    text = g_strdup_printf (_ ("“%s” deleted"), sat_record_title (self->record));
  sat_record_work_offer_undo (GTK_WIDGET (self), self->service, text, removed);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

static void
page_remove (SatPage *page)
{
  SatRecordPage *self = SAT_RECORD_PAGE (page);

  if (self->blank || self->record == NULL)
    return;
  sat_form_typed_free (sat_form_discard (self->form));
  sat_record_work_delete (self->service, self->object, &self->id, deleted_cb, g_object_ref (self));
}

/* ---- conflicts ----------------------------------------------------------------------------- */

static void
go_to_conflict (SatRecordPage *self, const SatField *field)
{
  g_autofree char *id = sat_id_dup_text (&self->id);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.conflict", "(sss)", self->object->name, id,
                              field != NULL ? field->name : "");
}

static void
field_conflict_cb (SatRecordPage *self, const SatField *field)
{
  go_to_conflict (self, field);
}

static void
conflicts_cb (SatRecordPage *self)
{
  go_to_conflict (self, NULL);
}

static void
news_close_cb (SatRecordPage *self)
{
  show_news (self, NULL);
}

/* ---- the page ------------------------------------------------------------------------------ */

static const char *
page_get_title (SatPage *page)
{
  SatRecordPage *self = SAT_RECORD_PAGE (page);

  return self->record != NULL ? sat_record_title (self->record)
                              : adw_window_title_get_title (self->title);
}

static const SatObject *
page_get_object (SatPage *page)
{
  return SAT_RECORD_PAGE (page)->object;
}

static void
page_set_folded (SatPage *page, gboolean folded)
{
  adw_header_bar_set_show_start_title_buttons (SAT_RECORD_PAGE (page)->header, folded);
}

static gboolean
page_escape (SatPage *page)
{
  SatRecordPage *self = SAT_RECORD_PAGE (page);

  if (!sat_form_is_dirty (self->form))
    return FALSE;
  discard_cb (self);
  return TRUE;
}

static gboolean
page_is_dirty (SatPage *page)
{
  return sat_form_is_dirty (SAT_RECORD_PAGE (page)->form);
}

static void
sat_record_page_page_init (SatPageInterface *iface)
{
  iface->get_title = page_get_title;
  iface->get_object = page_get_object;
  iface->set_folded = page_set_folded;
  iface->save = page_save;
  iface->escape = page_escape;
  iface->remove = page_remove;
  iface->is_dirty = page_is_dirty;
}

static gboolean
sat_record_page_grab_focus (GtkWidget *widget)
{
  SatRecordPage *self = SAT_RECORD_PAGE (widget);

  /* Keys that are pressed by chance must not end up in a field. */
  if (!self->blank)
    return gtk_widget_grab_focus (GTK_WIDGET (self->back));
  sat_form_focus (self->form, NULL);
  return TRUE;
}

static void
sat_record_page_dispose (GObject *object)
{
  SatRecordPage *self = SAT_RECORD_PAGE (object);
  GtkWidget *child;

  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_cancellable_cancel (self->looking);
  g_cancellable_cancel (self->checking);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  self->form = NULL;
  self->steps = NULL;
  self->approvals = NULL;
  G_OBJECT_CLASS (sat_record_page_parent_class)->dispose (object);
}

static void
sat_record_page_finalize (GObject *object)
{
  SatRecordPage *self = SAT_RECORD_PAGE (object);

  g_clear_pointer (&self->record, sat_record_unref);
  g_clear_object (&self->reading);
  g_clear_object (&self->looking);
  g_clear_object (&self->checking);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (sat_record_page_parent_class)->finalize (object);
}

static void
sat_record_page_class_init (SatRecordPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sat_record_page_dispose;
  object_class->finalize = sat_record_page_finalize;
  widget_class->grab_focus = sat_record_page_grab_focus;
  signals[SAVED_NEW] = g_signal_new ("saved-new", SAT_TYPE_RECORD_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                     NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (SAT_TYPE_COLUMNS_LAYOUT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/detail/sat-record-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SatRecordPage, header);
  gtk_widget_class_bind_template_child (widget_class, SatRecordPage, title);
  gtk_widget_class_bind_template_child (widget_class, SatRecordPage, back);
  gtk_widget_class_bind_template_child (widget_class, SatRecordPage, menu);
  gtk_widget_class_bind_template_child (widget_class, SatRecordPage, save);
  gtk_widget_class_bind_template_child (widget_class, SatRecordPage, discard);
  gtk_widget_class_bind_template_child (widget_class, SatRecordPage, news);
  gtk_widget_class_bind_template_child (widget_class, SatRecordPage, news_text);
  gtk_widget_class_bind_template_child (widget_class, SatRecordPage, stack);
  gtk_widget_class_bind_template_child (widget_class, SatRecordPage, clamp);
  gtk_widget_class_bind_template_child (widget_class, SatRecordPage, avatar);
  gtk_widget_class_bind_template_child (widget_class, SatRecordPage, name);
  gtk_widget_class_bind_template_child (widget_class, SatRecordPage, detail);
  gtk_widget_class_bind_template_child (widget_class, SatRecordPage, conflicts);
  gtk_widget_class_bind_template_child (widget_class, SatRecordPage, conflicts_text);
  gtk_widget_class_bind_template_child (widget_class, SatRecordPage, twin);
  gtk_widget_class_bind_template_child (widget_class, SatRecordPage, twin_text);
  gtk_widget_class_bind_template_child (widget_class, SatRecordPage, approval_place);
  gtk_widget_class_bind_template_child (widget_class, SatRecordPage, steps_place);
  gtk_widget_class_bind_template_child (widget_class, SatRecordPage, form_place);
  gtk_widget_class_bind_template_child (widget_class, SatRecordPage, side);
  gtk_widget_class_bind_template_child (widget_class, SatRecordPage, failed);
  gtk_widget_class_bind_template_callback (widget_class, discard_cb);
  gtk_widget_class_bind_template_callback (widget_class, restore_cb);
  gtk_widget_class_bind_template_callback (widget_class, conflicts_cb);
  gtk_widget_class_bind_template_callback (widget_class, twin_cb);
  gtk_widget_class_bind_template_callback (widget_class, news_close_cb);
}

static void
sat_record_page_init (SatRecordPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static SatRecordPage *
make (SatService *service, const SatObject *object)
{
  SatRecordPage *self = g_object_new (SAT_TYPE_RECORD_PAGE, NULL);

  self->service = g_object_ref (service);
  self->object = object;
  self->form = SAT_FORM (sat_form_new (service, object));
  adw_bin_set_child (self->form_place, GTK_WIDGET (self->form));
  if (sat_steps_has (object))
    {
      self->steps = SAT_STEPS (sat_steps_new (service));
      adw_bin_set_child (self->steps_place, GTK_WIDGET (self->steps));
    }
  self->approvals = SAT_APPROVAL_BAR (sat_approval_bar_new (service, object));
  adw_bin_set_child (self->approval_place, GTK_WIDGET (self->approvals));
  g_object_bind_property (self->approvals, "visible", self->approval_place, "visible",
                          G_BINDING_SYNC_CREATE);
  sat_approval_bar_attach (self->approvals, GTK_WIDGET (self));
  g_signal_connect_object (self->form, "notify::dirty", G_CALLBACK (show_buttons), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "conflict", G_CALLBACK (field_conflict_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "left", G_CALLBACK (field_left_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (service, "changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  return self;
}

GtkWidget *
sat_record_page_new (SatService *service, const SatObject *object, const SatId *id)
{
  SatRecordPage *self = make (service, object);

  self->id = *id;
  adw_window_title_set_title (self->title, sat_here (object->label));
  reload (self);
  return GTK_WIDGET (self);
}

GtkWidget *
sat_record_page_new_blank (SatService *service,
                           const SatObject *object,
                           const SatField *field,
                           const char *value)
{
  SatRecordPage *self = make (service, object);
  g_autofree char *one = sat_here_inside (object->label);
  g_autofree char *title = g_strdup_printf (_ ("New %s"), one);

  self->blank = TRUE;
  adw_window_title_set_title (self->title, sat_here (object->label));
  gtk_label_set_label (self->name, title);
  gtk_widget_hide (GTK_WIDGET (self->detail));
  sat_show_avatar (self->avatar, object, "");
  adw_clamp_set_maximum_size (self->clamp, 640);
  sat_form_load_new (self->form, field, value);
  show_buttons (self);
  gtk_stack_set_visible_child_name (self->stack, "record");
  return GTK_WIDGET (self);
}

const SatId *
sat_record_page_get_id (SatRecordPage *self)
{
  return self->blank ? NULL : &self->id;
}

void
sat_record_page_focus_field (SatRecordPage *self, const SatField *field)
{
  if (self->loaded || self->blank)
    sat_form_focus (self->form, field);
  else
    self->wanted = field;
}
