/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/approval/sat-approval-card.h"

#include <glib/gi18n.h>

#include "gtk-app/approval/sat-approval-words.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/sat-value-text.h"
#include "gtk-app/sat-wrap-layout.h"

struct _SatApprovalCard
{
  GtkListBoxRow parent_instance;

  GtkButton *record;
  GtkLabel *title;
  GtkLabel *mark;
  GtkLabel *about;
  GtkLabel *note;
  GtkGrid *values;
  GtkLabel *outdated;
  GtkBox *steps;
  GtkLabel *version;
  GtkBox *votes;
  GtkBox *actions;

  const SatApprovalPicture *picture;
};

G_DEFINE_FINAL_TYPE (SatApprovalCard, sat_approval_card, GTK_TYPE_LIST_BOX_ROW)

enum
{
  ACT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GtkWidget *
label_new (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

/* ---- the head ------------------------------------------------------------------------------ */

static void
open_cb (SatApprovalCard *self)
{
  const SatApprovalInfo *info = self->picture->info;
  char id[SAT_ID_TEXT_SIZE];

  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(ss)",
                              info->object != NULL ? info->object->name : "",
                              sat_id_format (&info->record, id));
}

static void
show_head (SatApprovalCard *self, gint64 now_ms)
{
  const SatApprovalInfo *info = self->picture->info;
  gint64 ms = sat_approval_time (info->time);
  g_autofree char *when = sat_time_ago_text (ms, now_ms);
  /* Translators: a process of approvals, who asked, and when: “Large · Wang Fang · yesterday”. */
  g_autofree char *about = g_strdup_printf (_ ("%s · %s · %s"), info->name, info->initiator_name,
                                            when);
  /* Translators: %s is a note that somebody wrote. */
  g_autofree char *note = info->note != NULL ? g_strdup_printf (_ ("“%s”"), info->note) : NULL;
  g_autofree char *name = NULL;

  gtk_label_set_label (self->title,
                       info->title != NULL ? info->title : _ ("A record that is not here"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->record), info->title != NULL);
  gtk_label_set_label (self->mark, sat_approval_state_word (info));
  gtk_widget_add_css_class (GTK_WIDGET (self->mark), sat_approval_state_style (info));
  gtk_label_set_label (self->about, about);
  show_text (self->note, note);
  /* Translators: a record, the process that it needs an approval of, and how that stands. */
  name = g_strdup_printf (_ ("%s, %s, %s"), gtk_label_get_label (self->title), info->name,
                          sat_approval_state_word (info));
  sat_name_widget (GTK_WIDGET (self), name);
}

/* ---- values -------------------------------------------------------------------------------- */

static void
show_values (SatApprovalCard *self)
{
  const GPtrArray *values = self->picture->values;
  gboolean differs = FALSE;

  for (guint i = 0; i < values->len; i++)
    {
      const SatApprovalValue *value = values->pdata[i];
      GtkWidget *label = label_new (value->label, "dim-label");
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
      GtkWidget *then = label_new (value->then, "approval-value");

      gtk_widget_set_valign (label, GTK_ALIGN_START);
      gtk_widget_set_hexpand (box, TRUE);
      gtk_widget_set_layout_manager (box, g_object_new (SAT_TYPE_WRAP_LAYOUT, NULL));
      gtk_box_append (GTK_BOX (box), then);
      if (value->now != NULL)
        {
          /* Translators: %s is the value that a field has by now. */
          g_autofree char *now = g_strdup_printf (_ ("now %s"), value->now);
          GtkWidget *mark = label_new (now, "approval-now");

          gtk_widget_add_css_class (then, "approval-then");
          gtk_box_append (GTK_BOX (box), mark);
          differs = TRUE;
        }
      gtk_grid_attach (self->values, label, 0, (int) i, 1, 1);
      gtk_grid_attach (self->values, box, 1, (int) i, 1, 1);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->values), values->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->outdated), self->picture->info->outdated && differs);
}

/* ---- steps and what was said --------------------------------------------------------------- */

static const char *
step_icon (const SatApprovalInfo *info, guint number)
{
  if (info->state == SAT_APPROVAL_APPROVED ||
      (info->state == SAT_APPROVAL_WAITING && number + 1 < info->step))
    return "satchel-agree-symbolic";
  return info->state == SAT_APPROVAL_WAITING && number + 1 == info->step ? "go-next-symbolic"
                                                                         : "media-record-symbolic";
}

static void
show_steps (SatApprovalCard *self)
{
  const SatApprovalInfo *info = self->picture->info;
  guint n = info->plan != NULL ? info->plan->steps->len : 0;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *line = sat_approval_step_line (info, i);
      gboolean current = info->state == SAT_APPROVAL_WAITING && i + 1 == info->step;
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
      GtkWidget *icon = gtk_image_new_from_icon_name (step_icon (info, i));
      GtkWidget *label = label_new (line, current ? "approval-current" : NULL);

      if (g_str_equal (step_icon (info, i), "media-record-symbolic"))
        gtk_widget_add_css_class (icon, "approval-dot");
      gtk_widget_set_valign (icon, GTK_ALIGN_START);
      gtk_widget_set_margin_top (icon, 2);
      gtk_box_append (GTK_BOX (box), icon);
      gtk_box_append (GTK_BOX (box), label);
      gtk_box_append (self->steps, box);
    }
  if (info->plan != NULL && info->plan->own)
    {
      gtk_box_append (self->steps,
                      label_new (_ ("Within the own limit of who asked"), "dim-label"));
      n++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->steps), n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->version), info->old_version);
}

static GtkWidget *
vote_new (const SatApprovalVote *vote, gint64 now_ms)
{
  g_autofree char *line = sat_approval_vote_line (vote);
  g_autofree char *worth = sat_approval_worth_line (vote);
  g_autofree char *when = sat_time_ago_text (sat_approval_time (vote->time), now_ms);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *avatar = adw_avatar_new (24, vote->name, TRUE);
  GtkWidget *detail = label_new (worth != NULL ? worth : when, "caption");

  gtk_widget_add_css_class (detail, worth != NULL ? "warning" : "dim-label");
  gtk_widget_set_valign (avatar, GTK_ALIGN_START);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), label_new (line, NULL));
  gtk_box_append (GTK_BOX (texts), detail);
  gtk_box_append (GTK_BOX (box), avatar);
  gtk_box_append (GTK_BOX (box), texts);
  return box;
}

static void
show_votes (SatApprovalCard *self, gint64 now_ms)
{
  const GPtrArray *votes = self->picture->info->votes;

  for (guint i = 0; i < votes->len; i++)
    gtk_box_append (self->votes, vote_new (votes->pdata[i], now_ms));
  gtk_widget_set_visible (GTK_WIDGET (self->votes), votes->len > 0);
}

/* ---- what there is to do ------------------------------------------------------------------- */

static void
act_cb (GtkButton *button, SatApprovalCard *self)
{
  g_signal_emit (self, signals[ACT], 0,
                 GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "act")));
}

static void
show_actions (SatApprovalCard *self)
{
  static const struct
  {
    SatApprovalAct act;
    SatApprovalMay may;
    const char *label;
    const char *class;
  } all[] = {
    { SAT_ACT_APPROVE, SAT_MAY_DECIDE, N_ ("_Approve"), "suggested-action" },
    { SAT_ACT_REJECT, SAT_MAY_DECIDE, N_ ("_Reject…"), NULL },
    { SAT_ACT_DELEGATE, SAT_MAY_DECIDE, N_ ("_Delegate…"), NULL },
    { SAT_ACT_AGAIN, SAT_MAY_AGAIN, N_ ("Ask _Again…"), "suggested-action" },
    { SAT_ACT_REMIND, SAT_MAY_REMIND, N_ ("Re_mind…"), NULL },
    { SAT_ACT_COMMENT, SAT_MAY_COMMENT, N_ ("_Comment…"), NULL },
    { SAT_ACT_OVERRIDE, SAT_MAY_OVERRIDE, N_ ("_Override…"), NULL },
    { SAT_ACT_WITHDRAW, SAT_MAY_WITHDRAW, N_ ("_Withdraw…"), NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      GtkWidget *button;

      if ((self->picture->info->may & all[i].may) == 0)
        continue;
      button = gtk_button_new_with_mnemonic (_ (all[i].label));
      if (all[i].class != NULL)
        gtk_widget_add_css_class (button, all[i].class);
      g_object_set_data (G_OBJECT (button), "act", GINT_TO_POINTER ((int) all[i].act));
      g_signal_connect (button, "clicked", G_CALLBACK (act_cb), self);
      gtk_box_append (self->actions, button);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->actions), self->picture->info->may != 0);
}

/* ---- the card ------------------------------------------------------------------------------ */

static void
sat_approval_card_class_init (SatApprovalCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[ACT] = g_signal_new ("act", SAT_TYPE_APPROVAL_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  g_type_ensure (SAT_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/approval/sat-approval-card.ui");
  gtk_widget_class_bind_template_child (widget_class, SatApprovalCard, record);
  gtk_widget_class_bind_template_child (widget_class, SatApprovalCard, title);
  gtk_widget_class_bind_template_child (widget_class, SatApprovalCard, mark);
  gtk_widget_class_bind_template_child (widget_class, SatApprovalCard, about);
  gtk_widget_class_bind_template_child (widget_class, SatApprovalCard, note);
  gtk_widget_class_bind_template_child (widget_class, SatApprovalCard, values);
  gtk_widget_class_bind_template_child (widget_class, SatApprovalCard, outdated);
  gtk_widget_class_bind_template_child (widget_class, SatApprovalCard, steps);
  gtk_widget_class_bind_template_child (widget_class, SatApprovalCard, version);
  gtk_widget_class_bind_template_child (widget_class, SatApprovalCard, votes);
  gtk_widget_class_bind_template_child (widget_class, SatApprovalCard, actions);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
sat_approval_card_init (SatApprovalCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sat_approval_card_new (const SatApprovalPicture *picture, gint64 now_ms)
{
  SatApprovalCard *self = g_object_new (SAT_TYPE_APPROVAL_CARD, NULL);

  self->picture = picture;
  show_head (self, now_ms);
  show_values (self);
  show_steps (self);
  show_votes (self, now_ms);
  show_actions (self);
  return GTK_WIDGET (self);
}

const SatApprovalPicture *
sat_approval_card_get_picture (SatApprovalCard *self)
{
  return self->picture;
}
