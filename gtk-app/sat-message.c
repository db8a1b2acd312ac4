/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/sat-message.h"

#include "gtk-app/sat-util.h"

#define NARROW 24 /* characters: lines that a window is made wide enough for */
#define WIDE 44

static GtkWidget *
label_new (const char *text, const char *style, int characters)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, style);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (label), characters);
  return label;
}

void
sat_message_fill (AdwMessageDialog *dialog,
                  const char *heading,
                  const char *text,
                  GtkWidget *content)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  gtk_window_set_title (GTK_WINDOW (dialog), heading);
  sat_name_widget (GTK_WIDGET (dialog), heading);
  gtk_box_append (GTK_BOX (box), label_new (heading, "title-2", NARROW));
  if (text != NULL)
    {
      sat_describe_widget (GTK_WIDGET (dialog), text);
      gtk_box_append (GTK_BOX (box), label_new (text, "body", WIDE));
    }
  if (content != NULL)
    gtk_box_append (GTK_BOX (box), content);
  adw_message_dialog_set_extra_child (dialog, box);
}
