/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/field/sat-action-card.h"

#include <glib/gi18n.h>

#include "core/workspace/sat-workspace-rule-edit.h"
#include "gtk-app/sat-util.h"

/* ---- what an action is made of ------------------------------------------------------------- */

typedef enum
{
  NOTHING,
  TYPED,
  FIELDS,  /* one that a rule can set */
  TAGS,    /* a field with tags */
  USERS,   /* a field that names a user */
  ANY,     /* any field */
  OBJECTS, /* a kind of records */
} Asks;

typedef struct
{
  Asks asks;
  const char *caption;
  const char *hint;
} PartKind;

typedef struct
{
  const char *label;
  PartKind parts[3]; /* target, value, more */
} Kind;

static const Kind kinds[SAT_N_ACTION_FORMS] = {
  [SAT_ACTION_FORM_SET] = { N_ ("Set a field"),
                            { { FIELDS, N_ ("Field"), NULL },
                              { TYPED, N_ ("Value"), N_ ("\"a\", amount * 2, today() + 7") } } },
  [SAT_ACTION_FORM_CLEAR] = { N_ ("Empty a field"), { { FIELDS, N_ ("Field"), NULL } } },
  [SAT_ACTION_FORM_ADD] = { N_ ("Add a tag"),
                            { { TAGS, N_ ("Field"), NULL }, { TYPED, N_ ("Tag"), NULL } } },
  [SAT_ACTION_FORM_REMOVE] = { N_ ("Remove a tag"),
                               { { TAGS, N_ ("Field"), NULL }, { TYPED, N_ ("Tag"), NULL } } },
  [SAT_ACTION_FORM_CREATE] = { N_ ("Make a record"),
                               { { OBJECTS, N_ ("Of"), NULL },
                                 { TYPED, N_ ("What is in it"),
                                   N_ ("subject = concat(\"Call \", name); due = today() + "
                                       "2") } } },
  [SAT_ACTION_FORM_NOTIFY] = { N_ ("Send a notice"),
                               { { TYPED, N_ ("To"), N_ ("owner, li") },
                                 { TYPED, N_ ("Text"), N_ ("concat(\"Look at \", name)") } } },
  [SAT_ACTION_FORM_QUEUE] = { N_ ("Queue a message"),
                              { { NOTHING, NULL, NULL },
                                { TYPED, N_ ("Subject"), N_ ("concat(\"Your offer: \", name)") },
                                { TYPED, N_ ("Text"), NULL } } },
  [SAT_ACTION_FORM_REQUEST] = { N_ ("Ask for an approval"),
                                { { NOTHING, NULL, NULL },
                                  { TYPED, N_ ("Note"), N_ ("concat(\"Large: \", name)") } } },
  [SAT_ACTION_FORM_ASSIGN_IN_TURN] = { N_ ("Assign in turn"),
                                       { { USERS, N_ ("Field"), NULL },
                                         { TYPED, N_ ("To"),
                                           N_ ("wang, li; * is everybody who sells") } } },
  [SAT_ACTION_FORM_ASSIGN_LEAST_BUSY] = { N_ ("Assign to the least busy"),
                                          { { USERS, N_ ("Field"), NULL },
                                            { TYPED, N_ ("To"), N_ ("wang, li max 40") } } },
  [SAT_ACTION_FORM_ASSIGN_BY] = { N_ ("Assign by a table"),
                                  { { USERS, N_ ("Field"), NULL },
                                    { TYPED, N_ ("To"),
                                      N_ ("east = wang, north = li, else = wang") },
                                    { ANY, N_ ("By the values of"), NULL } } },
  [SAT_ACTION_FORM_TEXT] = { N_ ("Something else"),
                             { { NOTHING, NULL, NULL }, { TYPED, N_ ("Action"), NULL } } },
};

typedef struct
{
  GtkWidget *box;
  GtkLabel *caption;
  GtkEntry *entry;
  GtkDropDown *list;
  GPtrArray *names; /* beside the list's labels */
} Part;

struct _SatActionCard
{
  GtkWidget parent_instance;

  GtkDropDown *kind;
  GtkWidget *up;
  GtkWidget *down;
  Part parts[3];

  const SatCatalogue *catalogue;
  const SatObject *about;
  char *line; /* as it was set */
  gboolean touched;
  gboolean quiet; /* the card changes itself */
};

G_DEFINE_FINAL_TYPE (SatActionCard, sat_action_card, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- lists --------------------------------------------------------------------------------- */

static void
offer (Part *part, GtkStringList *labels, const char *name, const char *label)
{
  g_ptr_array_add (part->names, g_strdup (name));
  gtk_string_list_append (labels, label);
}

static gboolean
is_asked (const SatField *field, Asks asks)
{
  SatTypeId type = field->type->id;

  if (field->hidden)
    return FALSE;
  if (asks == TAGS)
    return type == SAT_TYPE_TAGS;
  if (asks == USERS)
    return type == SAT_TYPE_REFERENCE && g_strcmp0 (field->reference, "user") == 0;
  if (asks == FIELDS)
    return type != SAT_TYPE_TAGS && type != SAT_TYPE_PICTURE && type != SAT_TYPE_ATTACHMENT &&
           !field->fixed;
  return TRUE;
}

static void
offer_fields (Part *part, GtkStringList *labels, const SatObject *object, Asks asks)
{
  for (guint i = 0; i < object->n_fields; i++)
    if (is_asked (object->fields[i], asks))
      offer (part, labels, object->fields[i]->name, sat_here (object->fields[i]->label));
}

/* Those of the records that the record names: “customer.level”. */
static void
offer_paths (Part *part, GtkStringList *labels, const SatObject *object)
{
  for (guint i = 0; i < object->n_fields; i++)
    {
      const SatField *through = object->fields[i];
      const SatObject *target = through->type->id == SAT_TYPE_REFERENCE && !through->hidden
                                    ? sat_catalogue_find (object->catalogue, through->reference)
                                    : NULL;

      for (guint k = 0; target != NULL && !target->system && k < target->n_fields; k++)
        if (is_asked (target->fields[k], FIELDS))
          {
            g_autofree char *name = g_strconcat (through->name, ".", target->fields[k]->name, NULL);
            g_autofree char *label = g_strconcat (sat_here (through->label), " › ",
                                                  sat_here (target->fields[k]->label), NULL);

            offer (part, labels, name, label);
          }
    }
}

static void
offer_objects (Part *part, GtkStringList *labels, const SatCatalogue *catalogue)
{
  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    {
      const SatObject *object = sat_catalogue_object (catalogue, i);

      if (!object->system && !object->managed && !object->setup && !object->retired && !object->off)
        offer (part, labels, object->name, sat_here (object->label));
    }
}

/* CHOSEN is offered too, whatever it is. */
static void
fill_list (SatActionCard *self, Part *part, Asks asks, const char *chosen)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint at = 0;

  g_ptr_array_set_size (part->names, 0);
  if (asks == OBJECTS)
    offer_objects (part, labels, self->catalogue);
  else if (self->about != NULL)
    offer_fields (part, labels, self->about, asks);
  if (asks == FIELDS && self->about != NULL)
    offer_paths (part, labels, self->about);
  while (at < part->names->len && g_strcmp0 (part->names->pdata[at], chosen) != 0)
    at++;
  if (at == part->names->len && chosen != NULL && *chosen != '\0')
    offer (part, labels, chosen, chosen);
  gtk_drop_down_set_model (part->list, G_LIST_MODEL (labels));
  gtk_drop_down_set_selected (part->list, at < part->names->len ? at : 0);
}

static const char *
part_text (const Part *part)
{
  guint at = gtk_drop_down_get_selected (part->list);

  if (!gtk_widget_get_visible (part->box))
    return "";
  if (gtk_widget_get_visible (GTK_WIDGET (part->entry)))
    return gtk_editable_get_text (GTK_EDITABLE (part->entry));
  return at < part->names->len ? part->names->pdata[at] : "";
}

static void
show_part (SatActionCard *self, guint index, const PartKind *kind, const char *text)
{
  Part *part = &self->parts[index];
  const char *caption = kind->caption != NULL ? _ (kind->caption) : "";

  gtk_widget_set_visible (part->box, kind->asks != NOTHING);
  gtk_widget_set_visible (GTK_WIDGET (part->entry), kind->asks == TYPED);
  gtk_widget_set_visible (GTK_WIDGET (part->list), kind->asks != TYPED);
  gtk_label_set_label (part->caption, caption);
  sat_name_widget (GTK_WIDGET (part->entry), caption);
  sat_name_widget (GTK_WIDGET (part->list), caption);
  gtk_entry_set_placeholder_text (part->entry, kind->hint != NULL ? _ (kind->hint) : NULL);
  if (kind->asks == TYPED)
    gtk_editable_set_text (GTK_EDITABLE (part->entry), text);
  else if (kind->asks != NOTHING)
    fill_list (self, part, kind->asks, text);
}

/* ---- the line ------------------------------------------------------------------------------ */

static void
show_words (SatActionCard *self, const SatActionWords *words)
{
  const char *const texts[] = { words->target, words->value, words->more };

  self->quiet = TRUE;
  gtk_drop_down_set_selected (self->kind, (guint) words->form);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    show_part (self, i, &kinds[words->form].parts[i], texts[i]);
  self->quiet = FALSE;
}

/* What stands there; its texts are borrowed. */
static SatActionWords
words_of (SatActionCard *self, SatActionForm form)
{
  return (SatActionWords){ form, (char *) part_text (&self->parts[0]),
                           (char *) part_text (&self->parts[1]),
                           (char *) part_text (&self->parts[2]) };
}

char *
sat_action_card_get_line (SatActionCard *self)
{
  SatActionWords words = words_of (self, (SatActionForm) gtk_drop_down_get_selected (self->kind));
  g_autofree char *line = NULL;

  if (!self->touched)
    return g_strdup (self->line);
  line = sat_action_words_write (&words);
  return g_strdup (g_strstrip (line));
}

void
sat_action_card_set_line (SatActionCard *self, const char *line)
{
  g_autoptr (SatActionWords) words = sat_action_words_read (line != NULL ? line : "set =");
  char *old = self->line;

  self->line = g_strdup (line != NULL ? line : "");
  g_free (old);
  self->touched = line == NULL;
  show_words (self, words);
}

void
sat_action_card_set_about (SatActionCard *self, const SatObject *about)
{
  SatActionForm form = (SatActionForm) gtk_drop_down_get_selected (self->kind);

  self->about = about;
  self->quiet = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (self->parts); i++)
    {
      Asks asks = kinds[form].parts[i].asks;
      g_autofree char *chosen = g_strdup (part_text (&self->parts[i]));

      if (asks != NOTHING && asks != TYPED)
        fill_list (self, &self->parts[i], asks, chosen);
    }
  self->quiet = FALSE;
}

void
sat_action_card_set_place (SatActionCard *self, gboolean first, gboolean last)
{
  gtk_widget_set_sensitive (self->up, !first);
  gtk_widget_set_sensitive (self->down, !last);
}

void
sat_action_card_set_wrong (SatActionCard *self, gboolean wrong)
{
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self), "wrong");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "wrong");
}

/* ---- what people do ------------------------------------------------------------------------ */

static void
changed_cb (SatActionCard *self)
{
  if (self->quiet)
    return;
  self->touched = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* What was typed stays where the new kind has room for it. */
static void
kind_cb (SatActionCard *self)
{
  SatActionForm form = (SatActionForm) gtk_drop_down_get_selected (self->kind);

  if (self->quiet || form >= SAT_N_ACTION_FORMS)
    return;
  g_autofree char *value = g_strdup (part_text (&self->parts[1]));
  g_autofree char *line = form == SAT_ACTION_FORM_TEXT ? sat_action_card_get_line (self) : NULL;
  SatActionWords words = { form, (char *) "", line != NULL ? line : value, (char *) "" };

  show_words (self, &words);
  changed_cb (self);
}

static void
move_cb (SatActionCard *self, GtkWidget *button)
{
  g_signal_emit (self, signals[MOVED], 0, button == self->up ? -1 : button == self->down ? 1 : 0);
}

/* ---- the widget ---------------------------------------------------------------------------- */

static GtkWidget *
add_button (SatActionCard *self, GtkWidget *box, const char *icon, const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  sat_name_widget (button, name);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (move_cb), self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
make_head (SatActionCard *self, GtkWidget *box)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < SAT_N_ACTION_FORMS; i++)
    gtk_string_list_append (labels, _ (kinds[i].label));
  self->kind = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_drop_down_set_model (self->kind, G_LIST_MODEL (labels));
  gtk_widget_set_hexpand (GTK_WIDGET (self->kind), TRUE);
  sat_name_widget (GTK_WIDGET (self->kind), _ ("What is done"));
  g_signal_connect_swapped (self->kind, "notify::selected", G_CALLBACK (kind_cb), self);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->kind));
  self->up = add_button (self, head, "go-up-symbolic", _ ("Do it earlier"));
  self->down = add_button (self, head, "go-down-symbolic", _ ("Do it later"));
  add_button (self, head, "edit-delete-symbolic", _ ("Remove the action"));
  gtk_box_append (GTK_BOX (box), head);
}

static void
make_part (SatActionCard *self, GtkWidget *box, Part *part)
{
  GtkExpression *label = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  part->names = g_ptr_array_new_with_free_func (g_free);
  part->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  part->caption = GTK_LABEL (gtk_label_new (NULL));
  part->entry = GTK_ENTRY (gtk_entry_new ());
  part->list = GTK_DROP_DOWN (gtk_drop_down_new (NULL, label));
  gtk_drop_down_set_enable_search (part->list, TRUE);
  gtk_label_set_xalign (part->caption, 0);
  gtk_widget_add_css_class (GTK_WIDGET (part->caption), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (part->caption), "dim-label");
  gtk_box_append (GTK_BOX (part->box), GTK_WIDGET (part->caption));
  gtk_box_append (GTK_BOX (part->box), GTK_WIDGET (part->entry));
  gtk_box_append (GTK_BOX (part->box), GTK_WIDGET (part->list));
  gtk_box_append (GTK_BOX (box), part->box);
  g_signal_connect_swapped (part->entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (part->list, "notify::selected", G_CALLBACK (changed_cb), self);
}

static gboolean
sat_action_card_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SAT_ACTION_CARD (widget)->kind));
}

static void
sat_action_card_dispose (GObject *object)
{
  SatActionCard *self = SAT_ACTION_CARD (object);
  GtkWidget *child;

  self->quiet = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  for (guint i = 0; i < G_N_ELEMENTS (self->parts); i++)
    g_clear_pointer (&self->parts[i].names, g_ptr_array_unref);
  g_clear_pointer (&self->line, g_free);
  G_OBJECT_CLASS (sat_action_card_parent_class)->dispose (object);
}

static void
sat_action_card_class_init (SatActionCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_action_card_dispose;
  widget_class->grab_focus = sat_action_card_grab_focus;
  signals[CHANGED] = g_signal_new ("changed", SAT_TYPE_ACTION_CARD, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[MOVED] = g_signal_new ("moved", SAT_TYPE_ACTION_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
sat_action_card_init (SatActionCard *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->quiet = TRUE;
  gtk_widget_add_css_class (GTK_WIDGET (self), "action-card");
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  make_head (self, box);
  for (guint i = 0; i < G_N_ELEMENTS (self->parts); i++)
    make_part (self, box, &self->parts[i]);
  self->quiet = FALSE;
}

GtkWidget *
sat_action_card_new (const SatCatalogue *catalogue)
{
  SatActionCard *self = g_object_new (SAT_TYPE_ACTION_CARD, NULL);

  self->catalogue = catalogue;
  sat_action_card_set_line (self, NULL);
  return GTK_WIDGET (self);
}
