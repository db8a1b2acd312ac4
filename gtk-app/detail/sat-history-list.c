/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/detail/sat-history-list.h"

#include <glib/gi18n.h>

#include "gtk-app/detail/sat-history-work.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/sat-value-text.h"

#define FIRST_BLOCKS 4
#define MOST_BLOCKS 400
#define BLOCK_MS 60000 /* what one device wrote within a minute stands together */

struct _SatHistoryList
{
  GtkWidget parent_instance;

  AdwPreferencesGroup *group;
  GtkListBox *list;
  GtkButton *more;

  SatService *service;
  const SatObject *object;
  SatId id;
  guint most;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SatHistoryList, sat_history_list, GTK_TYPE_WIDGET)

/* ---- on a reader thread -------------------------------------------------------------------- */

typedef struct
{
  const SatObject *object;
  SatId id;
} Request;

/* Changes and, beside each, the text of its value. */
typedef struct
{
  GPtrArray *changes;
  GPtrArray *texts;
  gint64 now;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_ptr_array_unref (answer->changes);
  g_ptr_array_unref (answer->texts);
  g_free (answer);
}

static gpointer
read_history (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  GPtrArray *changes = sat_workspace_history (workspace, request->object, &request->id, NULL,
                                              error);
  Answer *answer;

  if (changes == NULL)
    return NULL;
  answer = g_new0 (Answer, 1);
  answer->changes = changes;
  answer->now = sat_platform_now_ms (sat_workspace_platform (workspace));
  answer->texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < changes->len; i++)
    {
      const SatChange *change = g_ptr_array_index (changes, i);
      char *text;

      if (change->field != NULL)
        text = sat_value_text_in (workspace, change->field, change->value);
      else
        text = g_strdup (change->value != NULL ? change->value : "");
      g_ptr_array_add (answer->texts, text);
    }
  return answer;
}

/* Is there no older change of the record's life than number INDEX? */
static gboolean
is_first_life (const Answer *answer, guint index)
{
  for (guint i = index + 1; i < answer->changes->len; i++)
    {
      const SatChange *change = g_ptr_array_index (answer->changes, i);

      if (change->field == NULL && g_strcmp0 (change->field_name, "life") == 0)
        return FALSE;
    }
  return TRUE;
}

/* ---- on the main thread -------------------------------------------------------------------- */

/* ---- taking back --------------------------------------------------------------------------- */

static void
wish_cb (GtkButton *button, SatHistoryList *self)
{
  sat_history_wish_do (g_object_get_data (G_OBJECT (button), "wish"), GTK_WIDGET (self),
                       self->service);
}

/* Takes WISH. */
static GtkWidget *
make_button (SatHistoryList *self, const char *icon, const char *name, SatHistoryWish *wish)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_add_css_class (button, "small");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  sat_name_widget (button, name);
  g_object_set_data_full (G_OBJECT (button), "wish", wish, sat_history_wish_free);
  g_signal_connect (button, "clicked", G_CALLBACK (wish_cb), self);
  return button;
}

static gboolean
is_life (const SatChange *change)
{
  return change->field == NULL && g_strcmp0 (change->field_name, "life") == 0;
}

/* Can it be taken back: does it stand, and is it not of the making of the record (MADE)? */
static gboolean
can_take_back (const SatChange *change, SatHlc made)
{
  if (change->time == made || (change->field == NULL && !is_life (change)))
    return FALSE;
  return change->removed || (change->state == SAT_CURRENT);
}

/* A button for what may be wanted of CHANGE; NULL: nothing. */
static GtkWidget *
button_for (SatHistoryList *self, const SatChange *change, const char *text, SatHlc made)
{
  gboolean back = can_take_back (change, made);
  SatHistoryWish *wish;
  g_autofree char *name = NULL;

  if (!back && (change->state == SAT_CURRENT || change->field == NULL || change->value == NULL))
    return NULL;
  wish = sat_history_wish_new (self->object, &self->id);
  if (back)
    {
      sat_history_wish_add (wish, change);
      return make_button (self, "edit-undo-symbolic", _ ("Take back this change"), wish);
    }
  sat_history_wish_value (wish, change);
  /* Translators: %s is a value. */
  name = g_strdup_printf (_ ("Restore “%s”"), text);
  return make_button (self, "edit-undo-symbolic", name, wish);
}

/* What a line says about its change. FIRST: the record has no earlier one of its kind. */
static char *
line_text (const SatChange *change, const char *text, gboolean first)
{
  const char *label = change->field != NULL ? sat_here (change->field->label) : change->field_name;

  if (is_life (change))
    {
      if (g_strcmp0 (change->value, "dead") == 0)
        return g_strdup (_ ("Deleted"));
      return g_strdup (first ? _ ("Created") : _ ("Restored"));
    }
  if (change->removed)
    /* Translators: a field and the tag that was removed from it. */
    return g_strdup_printf (_ ("%s: without %s"), label, text);
  if (change->value == NULL)
    /* Translators: %s is a field. */
    return g_strdup_printf (_ ("%s: cleared"), label);
  /* Translators: a field and its value. */
  return g_strdup_printf (_ ("%s: %s"), label, text);
}

static const char *
state_text (const SatChange *change)
{
  switch (change->state)
    {
    case SAT_SIBLING:
      return _ ("also written, waiting");
    case SAT_REPLACED_UNSEEN:
      return _ ("replaced unseen");
    case SAT_CURRENT:
    case SAT_REPLACED:
    default:
      return NULL;
    }
}

static GtkWidget *
make_line (
    SatHistoryList *self, const SatChange *change, const char *text, gboolean first, SatHlc made)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *line = line_text (change, text, first);
  GtkWidget *label = gtk_label_new (line);
  const char *state = state_text (change);
  GtkWidget *button;

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_tooltip_text (label, line);
  if (change->state == SAT_REPLACED || change->state == SAT_REPLACED_UNSEEN)
    gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (GTK_BOX (box), label);
  if (state != NULL)
    {
      GtkWidget *mark = gtk_label_new (state);

      gtk_widget_add_css_class (mark, "mark");
      gtk_widget_set_valign (mark, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (box), mark);
    }
  button = button_for (self, change, text, made);
  if (button != NULL)
    gtk_box_append (GTK_BOX (box), button);
  return box;
}

static GtkWidget *
make_block (const SatChange *change, gint64 now, GtkWidget **out_lines, GtkWidget **out_head)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  g_autofree char *when = sat_time_ago_text (sat_hlc_ms (change->time), now);
  g_autofree char *who = g_strdup_printf ("%s · %s",
                                          change->automatic ? _ ("A rule") : change->user, when);
  GtkWidget *label = gtk_label_new (who);

  /* Translators: %s is the name of a device. */
  g_autofree char *device = g_strdup_printf (_ ("On device %s"), change->device_code);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_tooltip_text (label, device);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (head), label);
  gtk_box_append (GTK_BOX (lines), head);
  gtk_widget_add_css_class (lines, "history-block");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), lines);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  *out_lines = lines;
  *out_head = head;
  return row;
}

static gboolean
same_block (const SatChange *a, const SatChange *b)
{
  return sat_id_equal (&a->device, &b->device) && a->automatic == b->automatic &&
         ABS (sat_hlc_ms (a->time) - sat_hlc_ms (b->time)) < BLOCK_MS;
}

/* Where several changes of a block can be taken back, all of them can at once. Takes WISH. */
static void
end_block (SatHistoryList *self, GtkWidget *head, SatHistoryWish *wish)
{
  if (wish == NULL)
    return;
  if (sat_history_wish_length (wish) < 2)
    sat_history_wish_free (wish);
  else
    gtk_box_append (GTK_BOX (head), make_button (self, "edit-undo-symbolic",
                                                 _ ("Take back all of these changes"), wish));
}

static void
show_answer (SatHistoryList *self, Answer *answer)
{
  const SatChange *head = NULL;
  GtkWidget *lines = NULL;
  GtkWidget *top = NULL;
  SatHistoryWish *wish = NULL;
  guint n = answer->changes->len;
  SatHlc made = n > 0 ? ((const SatChange *) g_ptr_array_index (answer->changes, n - 1))->time : 0;
  guint blocks = 0;
  gboolean all = TRUE;

  sat_remove_children (GTK_WIDGET (self->list));
  for (guint i = 0; i < n; i++)
    {
      const SatChange *change = g_ptr_array_index (answer->changes, i);

      if (head == NULL || !same_block (head, change))
        {
          if (blocks == self->most)
            {
              all = FALSE;
              break;
            }
          end_block (self, top, wish);
          wish = sat_history_wish_new (self->object, &self->id);
          gtk_list_box_append (self->list, make_block (change, answer->now, &lines, &top));
          head = change;
          blocks++;
        }
      gtk_box_append (GTK_BOX (lines),
                      make_line (self, change, g_ptr_array_index (answer->texts, i),
                                 is_life (change) && is_first_life (answer, i), made));
      if (can_take_back (change, made))
        sat_history_wish_add (wish, change);
    }
  end_block (self, top, wish);
  gtk_widget_set_visible (GTK_WIDGET (self->more), !all && self->most < MOST_BLOCKS);
  gtk_widget_set_visible (GTK_WIDGET (self), blocks > 0);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatHistoryList) self = data;
  Answer *answer = sat_service_finish (SAT_SERVICE (source), result, NULL);

  if (answer == NULL)
    return;
  show_answer (self, answer);
  answer_free (answer);
}

static void
reload (SatHistoryList *self)
{
  Request *request = g_new0 (Request, 1);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  request->object = self->object;
  request->id = self->id;
  sat_service_read (self->service, read_history, request, g_free, answer_free, self->cancellable,
                    answered_cb, g_object_ref (self));
}

static void
more_cb (SatHistoryList *self)
{
  self->most = MOST_BLOCKS;
  reload (self);
}

static void
sat_history_list_dispose (GObject *object)
{
  SatHistoryList *self = SAT_HISTORY_LIST (object);
  GtkWidget *child;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sat_history_list_parent_class)->dispose (object);
}

static void
sat_history_list_finalize (GObject *object)
{
  SatHistoryList *self = SAT_HISTORY_LIST (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (sat_history_list_parent_class)->finalize (object);
}

static void
sat_history_list_class_init (SatHistoryListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sat_history_list_dispose;
  object_class->finalize = sat_history_list_finalize;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/detail/sat-history-list.ui");
  gtk_widget_class_bind_template_child (widget_class, SatHistoryList, group);
  gtk_widget_class_bind_template_child (widget_class, SatHistoryList, list);
  gtk_widget_class_bind_template_child (widget_class, SatHistoryList, more);
  gtk_widget_class_bind_template_callback (widget_class, more_cb);
}

static void
sat_history_list_init (SatHistoryList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->most = FIRST_BLOCKS;
}

GtkWidget *
sat_history_list_new (SatService *service, const SatObject *object, const SatId *id)
{
  SatHistoryList *self = g_object_new (SAT_TYPE_HISTORY_LIST, NULL);

  self->service = g_object_ref (service);
  self->object = object;
  self->id = *id;
  g_signal_connect_object (service, "changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  reload (self);
  return GTK_WIDGET (self);
}
