/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/sync/sat-hub-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gtk-app/sat-message.h"
#include "gtk-app/sat-util.h"

#define NO "cancel"
#define YES "go-on"

struct _SatHubDialog
{
  AdwMessageDialog parent_instance;

  SatHubQuestion *question;
  GtkWidget *user;   /* of a login, else NULL; these are children */
  GtkWidget *secret; /* of a login or a passphrase; the same */
  GtkWidget *keep;   /* of a passphrase: a switch; the same */
};

G_DEFINE_FINAL_TYPE (SatHubDialog, sat_hub_dialog, ADW_TYPE_MESSAGE_DIALOG)

enum
{
  ANSWERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_texts (
    SatHubDialog *self, const char *heading, const char *text, GtkBox *content, const char *yes)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);

  sat_message_fill (dialog, heading, text, GTK_WIDGET (content));
  adw_message_dialog_add_response (dialog, NO, _ ("_Cancel"));
  adw_message_dialog_add_response (dialog, YES, yes);
  adw_message_dialog_set_close_response (dialog, NO);
  adw_message_dialog_set_default_response (dialog, NO);
}

/* ---- who is at the other end --------------------------------------------------------------- */

static GtkWidget *
fingerprint_new (const char *caption, const char *fingerprint)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *name = gtk_label_new (caption);
  GtkWidget *text = gtk_label_new (fingerprint);

  gtk_widget_add_css_class (name, "caption");
  gtk_widget_add_css_class (name, "dim-label");
  gtk_widget_add_css_class (text, "monospace");
  gtk_widget_add_css_class (text, "fingerprint");
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_CHAR);
  gtk_label_set_justify (GTK_LABEL (text), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 34);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_RELATION_LABELLED_BY, name,
                                  NULL, -1);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), text);
  return box;
}

static void
confirmed_cb (SatHubDialog *self, GParamSpec *pspec, GtkCheckButton *button)
{
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), YES,
                                           gtk_check_button_get_active (button));
}

static GtkWidget *
confirmation_new (SatHubDialog *self)
{
  GtkWidget *label = gtk_label_new (_ ("Whoever looks after the hub named the new fingerprint to "
                                       "me"));
  GtkWidget *button = gtk_check_button_new ();

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 34);
  gtk_widget_set_margin_start (label, 6);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), label);
  sat_name_widget (button, gtk_label_get_label (GTK_LABEL (label)));
  g_signal_connect_object (button, "notify::active", G_CALLBACK (confirmed_cb), self,
                           G_CONNECT_SWAPPED);
  return button;
}

static void
ask_unknown (SatHubDialog *self, GtkBox *box)
{
  gboolean key = self->question->kind == SAT_HUB_ASKS_HOST_KEY;
  g_autofree char *text = g_strdup_printf (
      key ? _ ("This laptop has not met “%s” before. Compare the fingerprint of its key with the "
               "one that whoever looks after the hub gave you. If it is another one, somebody may "
               "stand in between, who could read and change what you exchange.")
          : _ ("No authority vouches for “%s”. Compare the fingerprint of its certificate with the "
               "one that whoever looks after the hub gave you. If it is another one, somebody may "
               "stand in between, who could read and change what you exchange."),
      self->question->host);
  g_autofree char *heading = self->question->book != NULL
                                 ? g_strdup_printf (_ ("Is This the Server of “%s”?"),
                                                    self->question->book)
                                 : g_strdup (_ ("Is This Your Hub?"));

  set_texts (self, heading, text, box, _ ("It Is the _Same"));
  gtk_box_append (box, fingerprint_new (_ ("Fingerprint"), self->question->fingerprint));
}

static char *
changed_heading (const char *book, gboolean key)
{
  if (book == NULL)
    return g_strdup (key ? _ ("The Hub Shows Another Key")
                         : _ ("The Hub Shows Another Certificate"));
  return g_strdup_printf (key ? _ ("The Server of “%s” Shows Another Key")
                              : _ ("The Server of “%s” Shows Another Certificate"),
                          book);
}

static void
ask_changed (SatHubDialog *self, GtkBox *box)
{
  gboolean key = self->question->kind == SAT_HUB_ASKS_HOST_KEY;
  g_autofree char *text = g_strdup_printf (
      key ? _ ("“%s” does not have the key that was accepted before. Somebody may have put "
               "themselves in between to read and change what you exchange, or the hub was set up "
               "anew. Nothing has been sent. Ask whoever looks after the hub before you go on.")
          : _ ("“%s” does not have the certificate that was accepted before. Somebody may have put "
               "themselves in between to read and change what you exchange, or the hub was set up "
               "anew. Nothing has been sent. Ask whoever looks after the hub before you go on."),
      self->question->host);
  g_autofree char *heading = changed_heading (self->question->book, key);

  set_texts (self, heading, text, box,
             key ? _ ("_Trust the New Key") : _ ("_Trust the New Certificate"));
  adw_message_dialog_set_response_label (ADW_MESSAGE_DIALOG (self), NO, _ ("_Do Not Connect"));
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (self), YES,
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), YES, FALSE);
  gtk_box_append (box, fingerprint_new (_ ("Accepted before"), self->question->known));
  gtk_box_append (box, fingerprint_new (_ ("Shown now"), self->question->fingerprint));
  gtk_box_append (box, confirmation_new (self));
}

/* ---- who we are ---------------------------------------------------------------------------- */

static const char *
text_in (GtkWidget *row)
{
  return row != NULL ? gtk_editable_get_text (GTK_EDITABLE (row)) : "";
}

static void
typed_cb (SatHubDialog *self)
{
  gboolean named = self->user == NULL || *text_in (self->user) != '\0';

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), YES,
                                           named && *text_in (self->secret) != '\0');
}

static void
add_entry (SatHubDialog *self, GtkWidget *list, GtkWidget *row, const char *title)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "changed", G_CALLBACK (typed_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

static GtkWidget *
list_new (SatHubDialog *self)
{
  GtkWidget *list = gtk_list_box_new ();

  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (self), YES,
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (self), YES);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  return list;
}

static void
ask_login (SatHubDialog *self, GtkBox *box, const char *user)
{
  GtkWidget *list;
  g_autofree char *text = g_strdup_printf (
      self->question->again
          ? _ ("“%s” did not accept that. Type user and password, or token, once more.")
          : _ ("“%s” asks who you are. Whoever looks after it gives you user and password, or a "
               "token. They are kept in your key ring, if there is one."),
      self->question->host);
  g_autofree char *heading = self->question->book != NULL
                                 ? g_strdup_printf (_ ("Sign In to the Server of “%s”"),
                                                    self->question->book)
                                 : g_strdup (_ ("Sign In to the Hub"));

  set_texts (self, heading, text, box, _ ("_Sign In"));
  list = list_new (self);
  g_set_weak_pointer (&self->user, adw_entry_row_new ());
  g_set_weak_pointer (&self->secret, adw_password_entry_row_new ());
  add_entry (self, list, self->user, _ ("User"));
  add_entry (self, list, self->secret, _ ("Password or token"));
  gtk_box_append (box, list);
  if (self->question->user != NULL)
    user = self->question->user;
  if (user != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->user), user);
  typed_cb (self);
  gtk_window_set_focus (GTK_WINDOW (self),
                        *text_in (self->user) != '\0' ? self->secret : self->user);
}

/* “~/.ssh/id_ed25519”: as people write it. */
static char *
short_path (const char *file)
{
  const char *home = g_get_home_dir ();

  if (g_str_has_prefix (file, home) && file[strlen (home)] == G_DIR_SEPARATOR)
    return g_strconcat ("~", file + strlen (home), NULL);
  return g_strdup (file);
}

static GtkWidget *
keep_row_new (SatHubDialog *self)
{
  GtkWidget *row = adw_action_row_new ();

  g_set_weak_pointer (&self->keep, gtk_switch_new ());
  gtk_widget_set_valign (self->keep, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Keep in the key ring"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->keep);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->keep);
  sat_name_widget (self->keep, _ ("Keep in the key ring"));
  return row;
}

static void
ask_passphrase (SatHubDialog *self, GtkBox *box)
{
  g_autofree char *file = short_path (self->question->file);
  g_autofree char *text = g_strdup_printf (
      self->question->again
          ? _ ("The key in “%s” did not open the hub. Either the passphrase was wrong, or the hub "
               "does not know this key. Type the passphrase once more.")
          : _ ("The key in “%s”, which opens the hub, is locked. Type its passphrase."),
      file);
  GtkWidget *list;

  set_texts (self, _ ("Unlock Your ssh Key"), text, box, _ ("_Unlock"));
  list = list_new (self);
  g_set_weak_pointer (&self->secret, adw_password_entry_row_new ());
  add_entry (self, list, self->secret, _ ("Passphrase"));
  gtk_list_box_append (GTK_LIST_BOX (list), keep_row_new (self));
  gtk_box_append (box, list);
  typed_cb (self);
  gtk_window_set_focus (GTK_WINDOW (self), self->secret);
}

/* ---- the dialog ---------------------------------------------------------------------------- */

static void
sat_hub_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  if (g_str_equal (response, YES))
    g_signal_emit (dialog, signals[ANSWERED], 0);
}

static void
sat_hub_dialog_dispose (GObject *object)
{
  SatHubDialog *self = SAT_HUB_DIALOG (object);

  /* libadwaita 1.2: the password's row must not be gone before the focus is. */
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  g_clear_weak_pointer (&self->user);
  g_clear_weak_pointer (&self->secret);
  g_clear_weak_pointer (&self->keep);
  G_OBJECT_CLASS (sat_hub_dialog_parent_class)->dispose (object);
}

static void
sat_hub_dialog_finalize (GObject *object)
{
  g_clear_pointer (&SAT_HUB_DIALOG (object)->question, sat_hub_question_free);
  G_OBJECT_CLASS (sat_hub_dialog_parent_class)->finalize (object);
}

static void
sat_hub_dialog_class_init (SatHubDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sat_hub_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = sat_hub_dialog_finalize;
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = sat_hub_dialog_response;
  signals[ANSWERED] = g_signal_new ("answered", SAT_TYPE_HUB_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
}

static void
sat_hub_dialog_init (SatHubDialog *self)
{
}

SatHubDialog *
sat_hub_dialog_new (GtkWindow *parent, const SatHubQuestion *question, const char *user)
{
  SatHubDialog *self = g_object_new (SAT_TYPE_HUB_DIALOG, "transient-for", parent, "modal", TRUE,
                                     NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->question = sat_hub_question_copy (question);
  if (question->kind == SAT_HUB_ASKS_LOGIN)
    ask_login (self, GTK_BOX (box), user);
  else if (question->kind == SAT_HUB_ASKS_PASSPHRASE)
    ask_passphrase (self, GTK_BOX (box));
  else if (question->known != NULL)
    ask_changed (self, GTK_BOX (box));
  else
    ask_unknown (self, GTK_BOX (box));
  /* Not in the fingerprint, which would be marked. */
  if (self->secret == NULL && gtk_window_get_default_widget (GTK_WINDOW (self)) != NULL)
    gtk_window_set_focus (GTK_WINDOW (self), gtk_window_get_default_widget (GTK_WINDOW (self)));
  return self;
}

void
sat_hub_dialog_take (SatHubDialog *self, SatHubAnswer *answer)
{
  const SatHubQuestion *question = self->question;
  gboolean keep = self->keep != NULL && gtk_switch_get_active (GTK_SWITCH (self->keep));

  if (question->kind == SAT_HUB_ASKS_LOGIN)
    sat_hub_answer_login (answer, question, text_in (self->user), text_in (self->secret));
  else if (question->kind == SAT_HUB_ASKS_PASSPHRASE)
    sat_hub_answer_passphrase (answer, text_in (self->secret), keep);
  else
    sat_hub_answer_accept (answer, question->fingerprint);
}
