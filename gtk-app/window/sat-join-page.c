/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/window/sat-join-page.h"

#include <glib/gi18n.h>

#include "gtk-app/sat-util.h"
#include "gtk-app/sync/sat-child.h"
#include "gtk-app/sync/sat-hub-dialog.h"

struct _SatJoinPage
{
  GtkWidget parent_instance;

  AdwPreferencesGroup *group;
  AdwEntryRow *hub;
  AdwEntryRow *code;
  AdwEntryRow *login;
  AdwEntryRow *full_name;
  AdwEntryRow *device;
  GtkLabel *problem;
  GtkProgressBar *bar;
  GtkButton *stop;
  GtkButton *join;
  GtkLabel *hint;

  char *home;
  SatChild *child;
  SatHubAnswer answered; /* about the hub that is entered */
  SatHubDialog *dialog;  /* NULL: nothing is being asked */
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (SatJoinPage, sat_join_page, GTK_TYPE_WIDGET)

enum
{
  JOINED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
text_of (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

/* A code says who the person is. */
static gboolean
is_invited (SatJoinPage *self)
{
  return *text_of (self->code) != '\0';
}

static gboolean
is_complete (SatJoinPage *self)
{
  return *text_of (self->hub) != '\0' && (is_invited (self) || *text_of (self->login) != '\0');
}

static void
show_state (SatJoinPage *self)
{
  gboolean running = self->child != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->bar), running);
  gtk_widget_set_visible (GTK_WIDGET (self->stop), running);
  /* Before the entries cannot be used: a text that is left that way is not told. */
  if (running)
    gtk_widget_grab_focus (GTK_WIDGET (self->stop));
  gtk_widget_set_sensitive (GTK_WIDGET (self->group), !running);
  gtk_widget_set_visible (GTK_WIDGET (self->join), !running);
  gtk_widget_set_sensitive (GTK_WIDGET (self->login), !is_invited (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->join), is_complete (self));
}

static void
hub_cb (SatJoinPage *self)
{
  sat_hub_answer_clear (&self->answered);
  show_state (self);
}

static void
changed_cb (SatJoinPage *self)
{
  show_state (self);
}

/* ---- choosing a folder --------------------------------------------------------------------- */

static void
chosen_cb (SatJoinPage *self, int response)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
      g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

      if (path != NULL)
        gtk_editable_set_text (GTK_EDITABLE (self->hub), path);
    }
  g_clear_object (&self->chooser);
}

static void
choose_cb (SatJoinPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_ ("The Hub's Folder"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, NULL, NULL);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* ---- joining ------------------------------------------------------------------------------- */

static void
progress_cb (SatJoinPage *self, const char *phase, double fraction)
{
  if (fraction < 0)
    gtk_progress_bar_pulse (self->bar);
  else
    gtk_progress_bar_set_fraction (self->bar, fraction);
}

static void join_cb (SatJoinPage *self);

static void
answered_cb (SatJoinPage *self)
{
  sat_hub_dialog_take (self->dialog, &self->answered);
  join_cb (self);
}

static void
ask (SatJoinPage *self, const SatHubQuestion *question)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->dialog != NULL)
    return;
  g_set_weak_pointer (&self->dialog,
                      sat_hub_dialog_new (GTK_WINDOW (root), question, text_of (self->login)));
  g_signal_connect_object (self->dialog, "answered", G_CALLBACK (answered_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (self->dialog));
}

static void
show_failure (SatJoinPage *self, SatChild *child)
{
  const SatHubQuestion *question = sat_child_get_question (child);
  g_autofree char *text = question != NULL ? sat_hub_question_text (question) : NULL;

  gtk_label_set_label (self->problem, text != NULL ? text : sat_child_get_message (child));
  gtk_widget_show (GTK_WIDGET (self->problem));
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (question != NULL)
    ask (self, question);
}

static void
finished_cb (SatJoinPage *self)
{
  g_autoptr (SatChild) child = g_steal_pointer (&self->child);
  SatChildState state = sat_child_get_state (child);

  show_state (self);
  if (state == SAT_CHILD_DONE || state == SAT_CHILD_WAITS)
    {
      sat_hub_answer_clear (&self->answered);
      g_signal_emit (self, signals[JOINED], 0);
    }
  else if (state == SAT_CHILD_FAILED)
    show_failure (self, child);
}

static void
join_cb (SatJoinPage *self)
{
  g_autoptr (GPtrArray) args = g_ptr_array_new ();
  g_autofree char *input = sat_hub_answer_input (&self->answered);

  if (self->child != NULL || !is_complete (self))
    return;
  g_ptr_array_add (args, (gpointer) "join");
  g_ptr_array_add (args, (gpointer) text_of (self->hub));
  g_ptr_array_add (args, (gpointer) (is_invited (self) ? "--code" : "--user"));
  g_ptr_array_add (args, (gpointer) text_of (is_invited (self) ? self->code : self->login));
  if (*text_of (self->full_name) != '\0')
    {
      g_ptr_array_add (args, (gpointer) "--name");
      g_ptr_array_add (args, (gpointer) text_of (self->full_name));
    }
  if (*text_of (self->device) != '\0')
    {
      g_ptr_array_add (args, (gpointer) "--device-name");
      g_ptr_array_add (args, (gpointer) text_of (self->device));
    }
  g_ptr_array_add (args, (gpointer) "--progress");
  g_ptr_array_add (args, (gpointer) "--json");
  sat_hub_answer_args (&self->answered, args);
  g_ptr_array_add (args, NULL);

  gtk_widget_hide (GTK_WIDGET (self->problem));
  gtk_progress_bar_set_fraction (self->bar, 0);
  self->child = sat_child_start_with (self->home, (const char *const *) args->pdata, input);
  g_signal_connect_object (self->child, "progress", G_CALLBACK (progress_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->child, "finished", G_CALLBACK (finished_cb), self,
                           G_CONNECT_SWAPPED);
  show_state (self);
}

static void
stop_cb (SatJoinPage *self)
{
  if (self->child != NULL)
    sat_child_cancel (self->child);
}

/* ---- the widget ---------------------------------------------------------------------------- */

static gboolean
sat_join_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SAT_JOIN_PAGE (widget)->hub));
}

static void
sat_join_page_dispose (GObject *object)
{
  SatJoinPage *self = SAT_JOIN_PAGE (object);
  GtkWidget *child;

  stop_cb (self);
  g_clear_object (&self->child);
  g_clear_object (&self->chooser);
  if (self->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (self->dialog));
  g_clear_weak_pointer (&self->dialog);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sat_join_page_parent_class)->dispose (object);
}

static void
sat_join_page_finalize (GObject *object)
{
  g_clear_pointer (&SAT_JOIN_PAGE (object)->home, g_free);
  sat_hub_answer_clear (&SAT_JOIN_PAGE (object)->answered);
  G_OBJECT_CLASS (sat_join_page_parent_class)->finalize (object);
}

static void
sat_join_page_class_init (SatJoinPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_join_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sat_join_page_finalize;
  widget_class->grab_focus = sat_join_page_grab_focus;

  signals[JOINED] = g_signal_new ("joined", SAT_TYPE_JOIN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/window/sat-join-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SatJoinPage, group);
  gtk_widget_class_bind_template_child (widget_class, SatJoinPage, hub);
  gtk_widget_class_bind_template_child (widget_class, SatJoinPage, code);
  gtk_widget_class_bind_template_child (widget_class, SatJoinPage, login);
  gtk_widget_class_bind_template_child (widget_class, SatJoinPage, full_name);
  gtk_widget_class_bind_template_child (widget_class, SatJoinPage, device);
  gtk_widget_class_bind_template_child (widget_class, SatJoinPage, problem);
  gtk_widget_class_bind_template_child (widget_class, SatJoinPage, bar);
  gtk_widget_class_bind_template_child (widget_class, SatJoinPage, stop);
  gtk_widget_class_bind_template_child (widget_class, SatJoinPage, join);
  gtk_widget_class_bind_template_child (widget_class, SatJoinPage, hint);
  gtk_widget_class_bind_template_callback (widget_class, hub_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, join_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
}

static void
sat_join_page_init (SatJoinPage *self)
{
  const char *name = g_get_real_name ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_editable_set_text (GTK_EDITABLE (self->login), g_get_user_name ());
  if (g_strcmp0 (name, "Unknown") != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->full_name), name);
  gtk_editable_set_text (GTK_EDITABLE (self->device), g_get_host_name ());
  /* Translators: the part in tt tags is a command and stays as it is. */
  gtk_label_set_markup (self->hint, _ ("No hub yet? Any folder that everyone can reach will do:\n"
                                       "<tt>satchel hub init FOLDER --workspace NAME</tt>"));
}

void
sat_join_page_set_home (SatJoinPage *self, const char *home)
{
  g_free (self->home);
  self->home = g_strdup (home);
}
