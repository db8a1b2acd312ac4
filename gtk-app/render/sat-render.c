/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/list/sat-list-page.h"
#include "gtk-app/render/sat-render.h"

#include "core/workspace/sat-workspace-approval.h"
#include "core/workspace/sat-workspace-duplicates.h"
#include "gtk-app/detail/sat-history-list.h"
#include "gtk-app/field/sat-field-actions.h"
#include "gtk-app/field/sat-field-text.h"
#include "gtk-app/form/sat-field-row.h"
#include "gtk-app/import/sat-import-columns.h"
#include "gtk-app/render/sat-render-question.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/window/sat-preferences.h"

/* A screen is drawn once answers, transitions and layout have had this long, and this many frames.
 */
#define SETTLE_US (700 * G_TIME_SPAN_MILLISECOND)
#define SETTLE_FRAMES 20
#define PATIENCE_FRAMES 200
/* Of a telephone. */
#define NARROW_WIDTH 360
#define NARROW_HEIGHT 720

typedef struct
{
  SatWindow *window;
  GtkWindow *other; /* a second window that is drawn instead of the first; NULL: there is none */
  char *dir;
  SatRenderDone done;
  gpointer data;
  guint step;
  guint frames; /* seen since the step began */
  gint64 began;
  const SatObject *object; /* of the record to be shown */
  SatId id;
  char *title;
  gboolean has_record;
  SatId user; /* one who owns something */
  gboolean has_user;
  SatId twins[2]; /* customers that may be one */
  gboolean has_twins;
  SatId deal;
  gboolean has_deal;
  int status;
} Render;

/* ---- finding a record worth showing -------------------------------------------------------- */

typedef struct
{
  const SatObject *object;
  SatId id;
  char *title;
  SatId user; /* who owns it */
  gboolean has_user;
  SatId twins[2]; /* customers that may be one */
  gboolean has_twins;
  SatId deal;
  gboolean has_deal;
} Chosen;

static void
chosen_free (gpointer data)
{
  Chosen *chosen = data;

  g_free (chosen->title);
  g_free (chosen);
}

static Chosen *
chosen_new (const SatObject *object, const SatId *id, const char *title)
{
  Chosen *chosen = g_new0 (Chosen, 1);

  chosen->object = object;
  chosen->id = *id;
  chosen->title = g_strdup (title);
  return chosen;
}

/* The owner of the first customer that has one. */
static void
choose_user (SatWorkspace *workspace, const SatObject *customer, Chosen *chosen)
{
  const SatField *owner = customer ? sat_object_find (customer, "owner") : NULL;
  SatQuery query = { .object = customer, .limit = 50 };
  g_autoptr (GArray) rows = owner ? sat_workspace_list_rows (workspace, &query, NULL) : NULL;
  g_autoptr (GPtrArray) records = NULL;

  if (rows != NULL)
    records = sat_workspace_load_rows (
        workspace, customer, (const gint64 *) (gconstpointer) rows->data, rows->len, NULL);
  for (guint i = 0; records != NULL && i < records->len && !chosen->has_user; i++)
    {
      const SatRecord *record = g_ptr_array_index (records, i);
      const char *user = record ? sat_record_get (record, owner) : NULL;

      chosen->has_user = user != NULL && sat_id_parse (user, &chosen->user);
    }
}

static void
choose_twins (SatWorkspace *workspace, const SatObject *customer, Chosen *chosen)
{
  gint64 total;
  g_autoptr (GPtrArray) pairs = customer ? sat_workspace_duplicates (workspace, customer, 1, &total,
                                                                     NULL)
                                         : NULL;
  const SatDuplicate *pair = pairs && pairs->len > 0 ? g_ptr_array_index (pairs, 0) : NULL;

  if (pair == NULL)
    return;
  chosen->twins[0] = pair->a;
  chosen->twins[1] = pair->b;
  chosen->has_twins = TRUE;
}

static SatRecord *
first_of (SatWorkspace *workspace, const SatObject *object)
{
  SatQuery query = { .object = object, .limit = 1 };
  g_autoptr (GArray) rows = sat_workspace_list_rows (workspace, &query, NULL);
  g_autoptr (GPtrArray) records = NULL;

  if (rows != NULL && rows->len > 0)
    records = sat_workspace_load_rows (workspace, object,
                                       (const gint64 *) (gconstpointer) rows->data, 1, NULL);
  return records != NULL && records->pdata[0] != NULL ? sat_record_ref (records->pdata[0]) : NULL;
}

static void
choose_deal (SatWorkspace *workspace, Chosen *chosen)
{
  const SatObject *deal = sat_catalogue_find (sat_workspace_catalogue (workspace), "deal");
  g_autoptr (SatRecord) first = deal != NULL ? first_of (workspace, deal) : NULL;

  if (first == NULL)
    return;
  chosen->deal = *sat_record_id (first);
  chosen->has_deal = TRUE;
}

/* A customer in conflict, else any conflict, else the first customer. */
static gpointer
choose_record (SatWorkspace *workspace)
{
  const SatObject *customer = sat_catalogue_find (sat_workspace_catalogue (workspace), "customer");
  g_autoptr (GPtrArray) conflicts = sat_workspace_conflicts (workspace, 50, NULL);
  g_autoptr (SatRecord) record = NULL;
  Chosen *chosen = NULL;

  for (guint i = 0; conflicts != NULL && i < conflicts->len; i++)
    {
      const SatConflict *conflict = g_ptr_array_index (conflicts, i);

      if (chosen == NULL || (chosen->object != customer && conflict->object == customer))
        {
          g_clear_pointer (&chosen, chosen_free);
          chosen = chosen_new (conflict->object, &conflict->id, conflict->title);
        }
    }
  if (chosen != NULL || customer == NULL)
    return chosen;
  record = first_of (workspace, customer);
  if (record == NULL)
    return NULL;
  return chosen_new (customer, sat_record_id (record), sat_record_title (record));
}

static gpointer
choose (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  Chosen *chosen = choose_record (workspace);

  const SatObject *customer = sat_catalogue_find (sat_workspace_catalogue (workspace), "customer");

  if (chosen != NULL)
    {
      choose_user (workspace, customer, chosen);
      choose_twins (workspace, customer, chosen);
      choose_deal (workspace, chosen);
    }
  return chosen;
}

/* ---- the screens --------------------------------------------------------------------------- */

static void
show_place (Render *render, const char *name)
{
  gtk_widget_activate_action (GTK_WIDGET (render->window), "win.show", "s", name);
}

static void
customer (Render *render)
{
  char id[SAT_ID_TEXT_SIZE];

  if (render->has_record)
    gtk_widget_activate_action (GTK_WIDGET (render->window), "win.open", "(ss)",
                                render->object->name, sat_id_format (&render->id, id));
}

static void
lead (Render *render)
{
  show_place (render, "lead");
  gtk_widget_activate_action (GTK_WIDGET (render->window), "win.new-here", NULL);
}

/* Others' too, where there are any. */
static void
all_approvals (Render *render)
{
  gtk_widget_activate_action (GTK_WIDGET (render->window), "win.approvals", "i",
                              (int) SAT_APPROVALS_ALL);
}

static void
deal (Render *render)
{
  char id[SAT_ID_TEXT_SIZE];

  show_place (render, "deal");
  if (render->has_deal)
    gtk_widget_activate_action (GTK_WIDGET (render->window), "win.open", "(ss)", "deal",
                                sat_id_format (&render->deal, id));
}

static GtkWidget *
find_below (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = g_type_is_a (G_OBJECT_TYPE (child), type) ? child : find_below (child, type);
  return found;
}

/* Further down on the page of the record, which is shown already. */
static void
scroll_to (Render *render, GType type)
{
  GtkWidget *page = GTK_WIDGET (sat_window_get_page (render->window));
  GtkWidget *list = find_below (page, type);
  GtkWidget *scrolled = list != NULL ? gtk_widget_get_ancestor (list, GTK_TYPE_SCROLLED_WINDOW)
                                     : NULL;
  GtkAdjustment *adjustment;
  double y = 0;

  if (scrolled == NULL || !gtk_widget_translate_coordinates (list, scrolled, 0, 0, NULL, &y))
    return;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + y);
}

static void
history (Render *render)
{
  scroll_to (render, SAT_TYPE_HISTORY_LIST);
}

static void
actions (Render *render)
{
  scroll_to (render, SAT_TYPE_FIELD_ACTIONS);
}

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
new_record (Render *render)
{
  SatPage *page;
  SatFieldEditor *editor;

  show_place (render, "customer");
  gtk_widget_activate_action (GTK_WIDGET (render->window), "win.new-here", NULL);
  page = sat_window_get_page (render->window);
  editor = find_editor (GTK_WIDGET (page), "email");
  if (editor != NULL)
    gtk_editable_set_text (GTK_EDITABLE (sat_field_editor_get_target (editor)), "wang at example");
  sat_page_save (page);
}

static void
say (SatPage *page, const char *field, const char *value)
{
  SatFieldEditor *editor = find_editor (GTK_WIDGET (page), field);

  if (editor == NULL)
    return;
  sat_field_editor_set_value (editor, value);
  g_signal_emit_by_name (editor, "changed");
}

/* One that is being written. */
static void
rule (Render *render)
{
  SatPage *page;

  gtk_widget_activate_action (GTK_WIDGET (render->window), "win.new", "(sss)", "rule", "", "");
  page = sat_window_get_page (render->window);
  say (page, "name", "Quiet customers");
  say (page, "object", "customer");
  say (page, "trigger", "untouched");
  say (page, "condition", "level = \"a\" and owner is not empty");
  say (page, "actions",
       "create task: subject = concat(\"Call \", name); due = today() + 2\n"
       "set intent = \"low\"\nassign by region: east = wang, else = li");
}

static void
conflicts (Render *render)
{
  sat_page_escape (sat_window_get_page (render->window));
  show_place (render, "conflicts");
}

/* Inviting somebody, where the user may. */
static void
invite (Render *render)
{
  GtkWidget *row;

  show_place (render, "devices");
  row = find_below (GTK_WIDGET (sat_window_get_page (render->window)), ADW_TYPE_EXPANDER_ROW);
  if (row != NULL)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
}

/* The record that is shown first goes to another book. */
static void
assign (Render *render)
{
  SatPage *page;

  customer (render);
  page = sat_window_get_page (render->window);
  if (page != NULL)
    gtk_widget_activate_action (GTK_WIDGET (render->window), "win.assign", NULL);
}

/* A colleague leaves. */
static void
hand_over (Render *render)
{
  char id[SAT_ID_TEXT_SIZE];

  if (render->has_user)
    {
      gtk_widget_activate_action (GTK_WIDGET (render->window), "win.open", "(ss)", "user",
                                  sat_id_format (&render->user, id));
      gtk_widget_activate_action (GTK_WIDGET (render->window), "win.hand-over", NULL);
    }
}

/* A customer that may be another one, and the two beside one another. */
static void
twin (Render *render)
{
  char id[SAT_ID_TEXT_SIZE];

  if (render->has_twins)
    gtk_widget_activate_action (GTK_WIDGET (render->window), "win.open", "(ss)", "customer",
                                sat_id_format (&render->twins[0], id));
}

static void
duplicate (Render *render)
{
  char first[SAT_ID_TEXT_SIZE];
  char second[SAT_ID_TEXT_SIZE];

  if (render->has_twins)
    gtk_widget_activate_action (GTK_WIDGET (render->window), "win.compare", "(sss)", "customer",
                                sat_id_format (&render->twins[0], first),
                                sat_id_format (&render->twins[1], second));
}

static void
type_where_the_cursor_is (Render *render, const char *text)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (render->window));

  if (focus != NULL && GTK_IS_EDITABLE (focus))
    gtk_editable_set_text (GTK_EDITABLE (focus), text);
}

/* The first two letters of a record's title are enough to find it. */
static void
palette (Render *render)
{
  g_autofree char *start = render->has_record
                               ? g_utf8_substring (render->title, 0,
                                                   MIN (2, g_utf8_strlen (render->title, -1)))
                               : g_strdup ("");

  show_place (render, "deal");
  gtk_widget_activate_action (GTK_WIDGET (render->window), "win.go", NULL);
  type_where_the_cursor_is (render, start);
}

static void
nothing (Render *render)
{
  gtk_widget_activate_action (GTK_WIDGET (render->window), "win.escape", NULL);
  show_place (render, "contact");
  sat_page_search (sat_window_get_page (render->window));
  type_where_the_cursor_is (render, "zqxjkv");
}

/* A sheet as people send it: a column nobody asked for, dates that can be read in two ways, and a
 * row with an error. */
static void
import_file (Render *render)
{
  static const char text[] =
      "Name,Code,Phone,Industry,Next contact,Fax\n"
      "上海宏达机械有限公司,SH-1001,021-5555-0100,manufacturing,03/04/2026,—\n"
      "Nordlicht Werkzeuge GmbH,DE-2044,+49 30 555 0144,manufacturing,"
      "05/06/2026,—\n"
      "Blue Harbour Logistics,UK-3310,+44 20 5555 0188,logistics,07/08/2026,"
      "—\n"
      ",UK-3311,+44 20 5555 0199,logistics,01/02/2026,—\n"
      "Quanta Retail,US-4102,+1 555 0133,space travel,02/03/2026,—\n";
  g_autofree char *dir = g_canonicalize_filename (render->dir, NULL);
  g_autofree char *path = g_build_filename (dir, "customers.csv", NULL);
  g_autofree char *address = g_filename_to_uri (path, NULL, NULL);

  gtk_widget_activate_action (GTK_WIDGET (render->window), "win.escape", NULL);
  show_place (render, "customer");
  if (address != NULL && g_file_set_contents (path, text, -1, NULL))
    gtk_widget_activate_action (GTK_WIDGET (render->window), "win.import", "(ss)", "customer",
                                address);
}

/* The Nth row below WIDGET that offers choices gets CHOICE. */
static guint
choose_row (GtkWidget *widget, guint n, guint choice)
{
  guint seen = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && seen <= n;
       child = gtk_widget_get_next_sibling (child))
    if (!ADW_IS_COMBO_ROW (child))
      seen += choose_row (child, n - seen, choice);
    else if (seen++ == n)
      adw_combo_row_set_selected (ADW_COMBO_ROW (child), choice);
  return seen;
}

static void
import_rows (Render *render)
{
  SatPage *page = sat_window_get_page (render->window);
  GtkWidget *columns = find_below (GTK_WIDGET (page), SAT_TYPE_IMPORT_COLUMNS);

  if (columns != NULL)
    sat_import_columns_decide (SAT_IMPORT_COLUMNS (columns), 1);
  sat_page_save (page);
}

static void
export_list (Render *render)
{
  sat_page_escape (sat_window_get_page (render->window));
  show_place (render, "customer");
  gtk_widget_activate_action (GTK_WIDGET (render->window), "win.export-here", NULL);
  choose_row (GTK_WIDGET (sat_window_get_page (render->window)), 1, 1);
}

static void
change_many (Render *render)
{
  GtkWidget *row;

  show_place (render, "customer");
  gtk_widget_activate_action (GTK_WIDGET (render->window), "win.bulk-here", NULL);
  choose_row (GTK_WIDGET (sat_window_get_page (render->window)), 0, 9);
  row = find_below (GTK_WIDGET (sat_window_get_page (render->window)), SAT_TYPE_FIELD_ROW);
  if (row != NULL)
    sat_field_editor_set_value (sat_field_row_get_editor (SAT_FIELD_ROW (row)), "Wuhan");
  sat_page_save (sat_window_get_page (render->window));
}

static void
filtered (Render *render)
{
  SatPage *page;

  sat_page_escape (sat_window_get_page (render->window));
  show_place (render, "customer");
  page = sat_window_get_page (render->window);
  if (SAT_IS_LIST_PAGE (page))
    sat_list_page_filter (SAT_LIST_PAGE (page), "level in (\"a\", \"b\") and phone is not empty");
}

static void
narrow (Render *render)
{
  sat_page_escape (sat_window_get_page (render->window));
  show_place (render, "customer");
  gtk_window_set_default_size (GTK_WINDOW (render->window), NARROW_WIDTH, NARROW_HEIGHT);
}

/* What somebody sees who has just installed the program. */
static void
welcome (Render *render)
{
  g_autofree char *nowhere = g_build_filename (render->dir, "no-workspace", NULL);
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (render->window));
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (render->window), &width, &height);
  render->other = GTK_WINDOW (sat_window_new (application, nowhere));
  gtk_window_set_default_size (render->other, width, height);
  gtk_window_present (render->other);
}

static void
preferences (Render *render)
{
  render->other = sat_preferences_new (GTK_WINDOW (render->window), "~/.local/share/satchel",
                                       "ssh://hub.example.com/srv/satchel/hub.git");
  gtk_window_present (render->other);
}

static const struct
{
  const char *file;
  void (*show) (Render *render);
  GtkWindow *(*question) (GtkWindow *parent); /* instead */
  const char *place;                          /* or this page, as it is */
} screens[] = {
  { "customers.png", .place = "customer" },
  { "customer.png", customer },
  { "history.png", history },
  { "new-customer.png", new_record },
  { "conflicts.png", conflicts },
  { "approvals.png", .place = "approvals" },
  { "approvals-all.png", all_approvals },
  { "devices.png", .place = "devices" },
  { "invite.png", invite },
  { "books.png", .place = "books" },
  { "assign.png", assign },
  { "hand-over.png", hand_over },
  { "twin.png", twin },
  { "duplicate.png", duplicate },
  { "go-anywhere.png", palette },
  { "nothing-found.png", nothing },
  { "import.png", import_file },
  { "import-rows.png", import_rows },
  { "export.png", export_list },
  { "change-many.png", change_many },
  { "filtered.png", filtered },
  { "tasks.png", .place = "task" },
  { "lead.png", lead },
  { "deal.png", deal },
  { "rights.png", .place = "rights" },
  { "fields.png", .place = "fields" },
  { "rules.png", .place = "rules" },
  { "rule.png", rule },
  { "actions.png", actions },
  { "pipelines.png", .place = "pipelines" },
  { "modules.png", .place = "modules" },
  { "templates.png", .place = "templates" },
  { "customers-narrow.png", narrow },
  { "tasks-narrow.png", .place = "task" },
  { "lead-narrow.png", lead },
  { "deal-narrow.png", deal },
  { "rights-narrow.png", .place = "rights" },
  { "fields-narrow.png", .place = "fields" },
  { "rules-narrow.png", .place = "rules" },
  { "rule-narrow.png", rule },
  { "actions-narrow.png", actions },
  { "pipelines-narrow.png", .place = "pipelines" },
  { "modules-narrow.png", .place = "modules" },
  { "templates-narrow.png", .place = "templates" },
  { "customer-narrow.png", customer },
  { "history-narrow.png", history },
  { "conflicts-narrow.png", conflicts },
  { "approvals-narrow.png", all_approvals },
  { "devices-narrow.png", .place = "devices" },
  { "invite-narrow.png", invite },
  { "books-narrow.png", .place = "books" },
  { "assign-narrow.png", assign },
  { "hand-over-narrow.png", hand_over },
  { "twin-narrow.png", twin },
  { "duplicate-narrow.png", duplicate },
  { "import-narrow.png", import_file },
  { "import-rows-narrow.png", import_rows },
  { "export-narrow.png", export_list },
  { "change-many-narrow.png", change_many },
  { "filtered-narrow.png", filtered },
  { "preferences.png", preferences },
  { "hub-unknown.png", NULL, sat_render_host_unknown },
  { "hub-changed.png", NULL, sat_render_host_changed },
  { "hub-certificate.png", NULL, sat_render_certificate_unknown },
  { "hub-sign-in.png", NULL, sat_render_sign_in },
  { "hub-sign-in-book.png", NULL, sat_render_sign_in_book },
  { "hub-key-locked.png", NULL, sat_render_key_locked },
  { "approval-missing.png", NULL, sat_render_approval_missing },
  { "welcome.png", welcome },
};

/* ---- drawing ------------------------------------------------------------------------------- */

static gboolean
draw (Render *render, const char *file)
{
  GtkWidget *widget = render->other != NULL ? GTK_WIDGET (render->other)
                                            : GTK_WIDGET (render->window);
  g_autofree char *path = g_build_filename (render->dir, file, NULL);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, snapshot, gdk_paintable_get_intrinsic_width (paintable),
                          gdk_paintable_get_intrinsic_height (paintable));
  node = gtk_snapshot_free_to_node (snapshot);
  if (node == NULL)
    return FALSE;
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (widget)), node, NULL);
  return gdk_texture_save_to_png (texture, path);
}

static void
finish (Render *render)
{
  if (render->other != NULL)
    gtk_window_destroy (render->other);
  render->done (render->status, render->data);
  g_object_unref (render->window);
  g_free (render->dir);
  g_free (render->title);
  g_free (render);
}

static gboolean
settled (Render *render)
{
  return ++render->frames >= SETTLE_FRAMES && g_get_monotonic_time () - render->began >= SETTLE_US;
}

static void
wait_again (Render *render)
{
  render->frames = 0;
  render->began = g_get_monotonic_time ();
}

static void
show_screen (Render *render)
{
  if (screens[render->step].place != NULL)
    show_place (render, screens[render->step].place);
  else if (screens[render->step].show != NULL)
    screens[render->step].show (render);
  else
    {
      render->other = screens[render->step].question (GTK_WINDOW (render->window));
      gtk_window_present (render->other);
    }
  wait_again (render);
}

static gboolean
step_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Render *render = data;

  if (!settled (render))
    return G_SOURCE_CONTINUE;
  if (!draw (render, screens[render->step].file))
    {
      /* Something is being laid out right now. */
      if (render->frames < SETTLE_FRAMES + PATIENCE_FRAMES)
        return G_SOURCE_CONTINUE;
      render->status = 1;
    }
  if (++render->step == G_N_ELEMENTS (screens))
    {
      finish (render);
      return G_SOURCE_REMOVE;
    }
  if (render->other != NULL)
    gtk_window_destroy (g_steal_pointer (&render->other));
  show_screen (render);
  return G_SOURCE_CONTINUE;
}

static void
begin (Render *render)
{
  show_screen (render);
  gtk_widget_add_tick_callback (GTK_WIDGET (render->window), step_cb, render, NULL);
}

static void
chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Render *render = data;
  Chosen *chosen = sat_service_finish (SAT_SERVICE (source), result, NULL);

  if (chosen != NULL)
    {
      render->object = chosen->object;
      render->id = chosen->id;
      render->title = g_steal_pointer (&chosen->title);
      render->has_record = TRUE;
      render->user = chosen->user;
      render->has_user = chosen->has_user;
      render->twins[0] = chosen->twins[0];
      render->twins[1] = chosen->twins[1];
      render->has_twins = chosen->has_twins;
      render->deal = chosen->deal;
      render->has_deal = chosen->has_deal;
      chosen_free (chosen);
    }
  begin (render);
}

/* With no workspace there is one screen: the offer to join. */
static gboolean
join_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Render *render = data;

  if (!settled (render))
    return G_SOURCE_CONTINUE;
  render->status = draw (render, "welcome.png") ? 0 : 1;
  finish (render);
  return G_SOURCE_REMOVE;
}

/* Without a compositor GTK draws a wide frame, which no picture needs; nor does it need toasts. */
static void
drop_frame (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_data (
      provider,
      "window.solid-csd { margin: 0; padding: 0; box-shadow: none; border: none; }"
      "toast { opacity: 0; }",
      -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
}

void
sat_render_screens (SatWindow *window, const char *dir, SatRenderDone done, gpointer data)
{
  Render *render = g_new0 (Render, 1);
  SatService *service = sat_window_get_service (window);

  render->window = g_object_ref (window);
  render->dir = g_strdup (dir);
  render->done = done;
  render->data = data;
  drop_frame ();
  if (g_mkdir_with_parents (dir, 0755) != 0)
    {
      render->status = 1;
      finish (render);
      return;
    }
  if (service != NULL)
    sat_service_read (service, choose, NULL, NULL, chosen_free, NULL, chosen_cb, render);
  else
    {
      wait_again (render);
      gtk_widget_add_tick_callback (GTK_WIDGET (window), join_cb, render, NULL);
    }
}
