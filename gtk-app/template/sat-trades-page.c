/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/template/sat-trades-page.h"

#include <glib/gi18n.h>

#include "gtk-app/sat-error-text.h"
#include "gtk-app/sat-undo.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/template/sat-trades-work.h"
#include "gtk-app/window/sat-page.h"

#define ALL "all"
#define ONE "one"

struct _SatTradesPage
{
  GtkWidget parent_instance;

  GtkStack *stack;
  AdwHeaderBar *header;
  AdwHeaderBar *one_header;
  GtkButton *back;
  GtkButton *one_back;
  AdwWindowTitle *one_title;
  GtkWidget *why;
  GtkWidget *one_why;
  GtkListBox *trades;
  GtkLabel *about;
  GtkLabel *problem;
  GtkListBox *items;
  GtkWidget *buttons;
  GtkWidget *apply;
  GtkWidget *decline;

  SatService *service;
  SatTrades *known;   /* NULL: not read yet */
  char *name;         /* of the template shown; NULL: none */
  GHashTable *checks; /* SatTemplateItem -> GtkCheckButton, of those that can be ticked */
  gboolean following; /* ticks are being set by another one */
};

static void sat_trades_page_page_init (SatPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SatTradesPage,
                               sat_trades_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (SAT_TYPE_PAGE, sat_trades_page_page_init))

static const char *
text_of (const SatTwoTexts *texts)
{
  const char *text = sat_two_texts_in (texts, sat_language ());

  return text != NULL ? text : "";
}

static const char *
state_text (SatItemState state)
{
  switch (state)
    {
    case SAT_ITEM_APPLIED:
      return _ ("Applied");
    case SAT_ITEM_CHANGED:
      return _ ("Applied, changed since");
    case SAT_ITEM_GONE:
      return _ ("Retired or deleted since");
    case SAT_ITEM_DECLINED:
      return _ ("Declined");
    case SAT_ITEM_NEW:
    case SAT_N_ITEM_STATES:
    default:
      return "";
    }
}

static gboolean
is_here (SatItemState state)
{
  return state == SAT_ITEM_APPLIED || state == SAT_ITEM_CHANGED;
}

static const SatTrade *
trade_shown (SatTradesPage *self)
{
  for (guint i = 0; self->known != NULL && self->name != NULL && i < self->known->trades->len; i++)
    {
      const SatTrade *trade = self->known->trades->pdata[i];

      if (g_str_equal (trade->made->name, self->name))
        return trade;
    }
  return NULL;
}

static void
say_problem (SatTradesPage *self, const GError *error)
{
  g_autofree char *text = error != NULL ? sat_error_text (error) : NULL;

  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

/* ---- ticks --------------------------------------------------------------------------------- */

static gboolean
is_ticked (SatTradesPage *self, const SatTemplateItem *item)
{
  GtkCheckButton *check = g_hash_table_lookup (self->checks, item);

  return check != NULL && gtk_check_button_get_active (check);
}

static void
tick (SatTradesPage *self, const SatTemplateItem *item, gboolean active)
{
  GtkCheckButton *check = g_hash_table_lookup (self->checks, item);

  if (check != NULL)
    gtk_check_button_set_active (check, active);
}

static void
update_buttons (SatTradesPage *self)
{
  const SatTrade *trade = trade_shown (self);
  gboolean any = FALSE;

  for (guint i = 0; trade != NULL && i < trade->made->items->len; i++)
    any = any || is_ticked (self, trade->made->items->pdata[i]);
  gtk_widget_set_sensitive (self->apply, any);
  gtk_widget_set_sensitive (self->decline, any);
}

/* What a ticked item needs is ticked; what needs an item that is not is not. Items come after those
 * that they need. */
static void
toggled_cb (GtkCheckButton *check, SatTradesPage *self)
{
  const SatTrade *trade = trade_shown (self);
  const SatTemplateItem *changed = g_object_get_data (G_OBJECT (check), "item");
  gboolean active = gtk_check_button_get_active (check);
  guint n = trade != NULL ? trade->made->items->len : 0;

  if (self->following || trade == NULL)
    return;
  self->following = TRUE;
  for (guint i = n; active && i > 0; i--)
    {
      const SatTemplateItem *item = trade->made->items->pdata[i - 1];

      for (guint k = 0; is_ticked (self, item) && k < item->needs->len; k++)
        tick (self, item->needs->pdata[k], TRUE);
    }
  for (guint i = 0; !active && i < n; i++)
    {
      const SatTemplateItem *item = trade->made->items->pdata[i];

      for (guint k = 0; k < item->needs->len; k++)
        {
          const SatTemplateItem *needed = item->needs->pdata[k];

          if (needed == changed ||
              (g_hash_table_contains (self->checks, needed) && !is_ticked (self, needed)))
            tick (self, item, FALSE);
        }
    }
  self->following = FALSE;
  update_buttons (self);
}

/* ---- showing ------------------------------------------------------------------------------- */

static void
show_trade (SatTradesPage *self, const SatTrade *trade)
{
  GtkWidget *row = adw_action_row_new ();
  guint here = 0;

  for (guint i = 0; trade->steps != NULL && i < trade->steps->len; i++)
    here += is_here (g_array_index (trade->steps, SatItemStep, i).state);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text_of (&trade->made->title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text_of (&trade->made->about));
  if (here > 0)
    {
      /* Translators: how many items of a template are applied, and how many it has. */
      g_autofree char *text = g_strdup_printf (_ ("%u of %u"), here, trade->made->items->len);

      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_label_new (text));
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "name", g_strdup (trade->made->name), g_free);
  gtk_list_box_append (self->trades, row);
}

static void
show_item (SatTradesPage *self, const SatItemStep *step)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  gboolean here = is_here (step->state);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text_of (&step->item->title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text_of (&step->item->about));
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  sat_name_widget (check, text_of (&step->item->title));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), here || step->state == SAT_ITEM_NEW);
  gtk_widget_set_sensitive (check, !here && self->known->may);
  g_object_set_data (G_OBJECT (check), "item", (gpointer) step->item);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  if (step->state != SAT_ITEM_NEW)
    {
      GtkWidget *state = gtk_label_new (state_text (step->state));

      gtk_widget_add_css_class (state, "dim-label");
      gtk_label_set_wrap (GTK_LABEL (state), TRUE);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), state);
    }
  if (!here)
    g_hash_table_insert (self->checks, (gpointer) step->item, check);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, 0);
  gtk_list_box_append (self->items, row);
}

static void
show_items (SatTradesPage *self)
{
  const SatTrade *trade = trade_shown (self);

  g_hash_table_remove_all (self->checks);
  sat_remove_children (GTK_WIDGET (self->items));
  if (trade == NULL)
    return;
  adw_window_title_set_title (self->one_title, text_of (&trade->made->title));
  gtk_label_set_label (self->about, text_of (&trade->made->about));
  for (guint i = 0; trade->steps != NULL && i < trade->steps->len; i++)
    show_item (self, &g_array_index (trade->steps, SatItemStep, i));
  gtk_widget_set_visible (self->buttons, self->known->may);
  update_buttons (self);
}

static void
show_all (SatTradesPage *self)
{
  sat_remove_children (GTK_WIDGET (self->trades));
  for (guint i = 0; i < self->known->trades->len; i++)
    show_trade (self, self->known->trades->pdata[i]);
  gtk_widget_set_visible (self->why, !self->known->may);
  gtk_widget_set_visible (self->one_why, !self->known->may);
  show_items (self);
}

/* Has anything changed of what is shown? Else ticks that a person has set stay. */
static gboolean
is_same (const SatTrades *one, const SatTrades *other)
{
  if (one == NULL || one->may != other->may || one->trades->len != other->trades->len)
    return FALSE;
  for (guint i = 0; i < one->trades->len; i++)
    {
      const SatTrade *a = one->trades->pdata[i];
      const SatTrade *b = other->trades->pdata[i];

      if ((a->steps == NULL) != (b->steps == NULL) || a->made->items->len != b->made->items->len)
        return FALSE;
      for (guint k = 0; a->steps != NULL && k < a->steps->len; k++)
        if (g_array_index (a->steps, SatItemStep, k).state !=
            g_array_index (b->steps, SatItemStep, k).state)
          return FALSE;
    }
  return TRUE;
}

static void
look_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatTradesPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SatTrades) known = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (self->service == NULL)
    return;
  if (known == NULL)
    {
      say_problem (self, error);
      return;
    }
  if (is_same (self->known, known))
    return;
  g_hash_table_remove_all (self->checks);
  sat_remove_children (GTK_WIDGET (self->items));
  g_clear_pointer (&self->known, sat_trades_free);
  self->known = g_steal_pointer (&known);
  show_all (self);
}

static void
look (SatTradesPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    sat_trades_work_look (self->service, look_cb, g_object_ref (self));
}

/* ---- doing --------------------------------------------------------------------------------- */

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatTradesPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *step = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (self->service == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  say_problem (self, step == NULL ? error : NULL);
  update_buttons (self);
  if (step != NULL)
    sat_undo_offer (GTK_WIDGET (self), self->service,
                    _ ("It holds here now, and on each laptop with its next sync"), *step);
}

static void
carry_out (SatTradesPage *self, gboolean decline)
{
  const SatTrade *trade = trade_shown (self);
  GStrvBuilder *keys;

  if (trade == NULL)
    return;
  keys = g_strv_builder_new ();
  for (guint i = 0; i < trade->made->items->len; i++)
    if (is_ticked (self, trade->made->items->pdata[i]))
      g_strv_builder_add (keys, ((const SatTemplateItem *) trade->made->items->pdata[i])->key);
  gtk_widget_set_sensitive (self->apply, FALSE);
  gtk_widget_set_sensitive (self->decline, FALSE);
  sat_trades_work_do (self->service, self->name, g_strv_builder_end (keys), decline, done_cb,
                      g_object_ref (self));
  g_strv_builder_unref (keys);
}

static void
apply_cb (SatTradesPage *self)
{
  carry_out (self, FALSE);
}

static void
decline_cb (SatTradesPage *self)
{
  carry_out (self, TRUE);
}

/* ---- the page ------------------------------------------------------------------------------ */

static void
open_cb (SatTradesPage *self, GtkListBoxRow *row)
{
  sat_trades_page_open (self, g_object_get_data (G_OBJECT (row), "name"));
}

static void
all_cb (SatTradesPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, ALL);
  gtk_widget_grab_focus (GTK_WIDGET (self->back));
}

void
sat_trades_page_open (SatTradesPage *self, const char *name)
{
  g_autofree char *before = g_steal_pointer (&self->name);

  self->name = g_strdup (name);
  say_problem (self, NULL);
  show_items (self);
  if (name == NULL)
    {
      all_cb (self);
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, ONE);
  gtk_widget_grab_focus (GTK_WIDGET (self->one_back));
}

static const char *
page_get_title (SatPage *page)
{
  return _ ("Templates");
}

static const SatObject *
page_get_object (SatPage *page)
{
  return NULL;
}

static void
page_set_folded (SatPage *page, gboolean folded)
{
  adw_header_bar_set_show_start_title_buttons (SAT_TRADES_PAGE (page)->header, folded);
  adw_header_bar_set_show_start_title_buttons (SAT_TRADES_PAGE (page)->one_header, folded);
}

static gboolean
page_escape (SatPage *page)
{
  SatTradesPage *self = SAT_TRADES_PAGE (page);

  if (!g_str_equal (gtk_stack_get_visible_child_name (self->stack), ONE))
    return FALSE;
  all_cb (self);
  return TRUE;
}

static void
sat_trades_page_page_init (SatPageInterface *iface)
{
  iface->get_title = page_get_title;
  iface->get_object = page_get_object;
  iface->set_folded = page_set_folded;
  iface->escape = page_escape;
}

static void
sat_trades_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sat_trades_page_parent_class)->map (widget);
  look (SAT_TRADES_PAGE (widget));
}

static gboolean
sat_trades_page_grab_focus (GtkWidget *widget)
{
  SatTradesPage *self = SAT_TRADES_PAGE (widget);
  gboolean one = g_str_equal (gtk_stack_get_visible_child_name (self->stack), ONE);

  return gtk_widget_grab_focus (GTK_WIDGET (one ? self->one_back : self->back));
}

static void
sat_trades_page_dispose (GObject *object)
{
  SatTradesPage *self = SAT_TRADES_PAGE (object);
  GtkWidget *child;

  g_clear_object (&self->service);
  g_hash_table_remove_all (self->checks);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->known, sat_trades_free);
  G_OBJECT_CLASS (sat_trades_page_parent_class)->dispose (object);
}

static void
sat_trades_page_finalize (GObject *object)
{
  SatTradesPage *self = SAT_TRADES_PAGE (object);

  g_hash_table_unref (self->checks);
  g_free (self->name);
  G_OBJECT_CLASS (sat_trades_page_parent_class)->finalize (object);
}

static void
sat_trades_page_class_init (SatTradesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_trades_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sat_trades_page_finalize;
  widget_class->map = sat_trades_page_map;
  widget_class->grab_focus = sat_trades_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/template/sat-trades-page.ui");
#define BIND(NAME) gtk_widget_class_bind_template_child (widget_class, SatTradesPage, NAME)
  BIND (stack);
  BIND (header);
  BIND (one_header);
  BIND (back);
  BIND (one_back);
  BIND (one_title);
  BIND (why);
  BIND (one_why);
  BIND (trades);
  BIND (about);
  BIND (problem);
  BIND (items);
  BIND (buttons);
  BIND (apply);
  BIND (decline);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, all_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, decline_cb);
}

static void
sat_trades_page_init (SatTradesPage *self)
{
  self->checks = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sat_trades_page_new (SatService *service)
{
  SatTradesPage *self = g_object_new (SAT_TYPE_TRADES_PAGE, NULL);

  self->service = g_object_ref (service);
  g_signal_connect_object (service, "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
