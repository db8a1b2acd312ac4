/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards of many programs as values for contacts and customers: what goes where, and that nothing
 * of it is gone. */
#include "core/exchange/sat-vcard-row.h"

#include <string.h>

#include "core/base/sat-error.h"

typedef struct
{
  SatVcardFields fields;
  GString *out;
} Reading;

/* NAME=VALUE of each value, spare ones in braces. */
static gboolean
on_card (const SatVcard *card, gpointer data, GError **error)
{
  Reading *reading = data;
  g_auto (SatNamedRow) row = { 0 };

  sat_named_row_init (&row);
  sat_vcard_row_fill (&reading->fields, card, &row);
  g_assert_cmpuint (row.row, ==, card->number);
  if (row.problem != NULL)
    g_string_append_printf (reading->out, "!%s! ", row.problem->message);
  for (guint i = 0; i < row.values->len; i++)
    {
      const SatNamedValue *value = &g_array_index (row.values, SatNamedValue, i);

      g_string_append_printf (reading->out, value->spare ? "{%s=%s} " : "[%s=%s] ", value->name,
                              value->value);
    }
  return TRUE;
}

static char *
row_of (const SatObject *object, const char *version, const char *lines)
{
  const SatVcardText text = { "UTF-8", TRUE };
  g_autofree char *card = g_strdup_printf ("BEGIN:VCARD\nVERSION:%s\n%s\nEND:VCARD\n", version,
                                           lines);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (card, -1, NULL);
  g_autoptr (GError) error = NULL;
  Reading reading = { .out = g_string_new (NULL) };

  sat_vcard_fields_init (&reading.fields, object);
  sat_vcard_read (stream, &text, on_card, &reading, NULL, &error);
  g_assert_no_error (error);
  return g_strchomp (g_string_free (reading.out, FALSE));
}

typedef struct
{
  const char *version;
  const char *lines;
  const char *says;
} Case;

static void
check (const char *object, const Case *cases, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatCatalogue) catalogue = sat_catalogue_default (&error);

  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *row = row_of (object != NULL ? sat_catalogue_find (catalogue, object) : NULL,
                                     cases[i].version, cases[i].lines);

      g_assert_cmpstr (row, ==, cases[i].says);
    }
}

static void
test_contact (void)
{
  static const Case cases[] = {
    { "4.0",
      "FN:Ann Lee\nN:Lee;Ann;;;\nORG:Acme\\, Inc.;Sales;East\nTITLE:Buyer\nBDAY:19800322\n"
      "EMAIL:a@b.cn\nCATEGORIES:vip,new\nCATEGORIES:x\nNOTE:one\\ntwo\nNOTE:three\nX-WECHAT:ann_1",
      "[name=Ann Lee] [customer=Acme, Inc.] [department=Sales, East] [title=Buyer] [email=a@b.cn] "
      "[wechat=ann_1] [birthday=1980-03-22] [tags=vip,new,x] [notes=one\ntwo\n\nthree]" },
    /* Names. */
    { "3.0", "N:Doe;John;Q.;Dr.;Jr.", "[name=Dr. John Q. Doe Jr.]" },
    { "2.1", "N:王;小明", "[name=王小明]" },
    { "3.0", "FN:Bob\nN:Smith;Robert", "[name=Bob] {N=Smith, Robert}" },
    { "3.0", "FN:JOHN DOE\nN:Doe;john\nFN:Jack", "[name=JOHN DOE] {FN=Jack}" },
    { "3.0", "NICKNAME:Joe\nEMAIL:a@b.c", "[name=Joe] [email=a@b.c]" },
    { "2.1", "EMAIL;PREF:a@b.c\nN:;;;;", "[name=a@b.c] [email=a@b.c]" },
    { "3.0", "ORG:Acme;IT", "[name=Acme] [customer=Acme] [department=IT]" },
    { "3.0", "REV:1\nPRODID:-//x\nPHOTO;ENCODING=b:AAAA", "{PHOTO (vCard)=3 B}" },
    /* Telephones. */
    { "3.0",
      "FN:A\nTEL;TYPE=HOME:1\nTEL;TYPE=WORK:2\nTEL;TYPE=CELL:3\nTEL;TYPE=WORK,FAX:4\nTEL;TYPE=CELL,"
      "PREF:5\nTEL;TYPE=HOME:6\nTEL;TYPE=PAGER:7",
      "[name=A] [mobile=5] [phone=2] {TEL home=1} {TEL cell=3} {TEL fax work=4} {TEL home 2=6} "
      "{TEL pager=7}" },
    { "4.0", "FN:A\nTEL;VALUE=uri;TYPE=cell:tel:+1-2;ext=3\nTEL;TYPE=cell:4",
      "[name=A] [mobile=tel:+1-2 x3] [phone=4]" },
    { "4.0", "FN:A\nTEL;PREF=2:1\nTEL;PREF=1:2", "[name=A] [phone=2] {TEL=1}" },
    { "3.0", "FN:A\nitem1.TEL:1\nitem1.X-ABLabel:_$!<Main>!$_\nTEL:2\nX-ABLabel:lost",
      "[name=A] [phone=1] {TEL=2} {X-ABLABEL=lost}" },
    { "3.0",
      "FN:A\nTEL:1\nitem1.TEL:2\nitem1.X-ABLabel:Boat_2\nitem2.TEL:3\nitem2.X-ABLabel:_$!<Main>!$_",
      "[name=A] [phone=1] {TEL boat 2=2} {TEL main=3}" },
    /* Columns that would be taken for fields are called otherwise. */
    { "3.0", "FN:A\nTITLE:x\nTITLE:y\nROLE:z\nEMAIL:1\nEMAIL:2",
      "[name=A] [title=x] [email=1] {TITLE 2=y} {ROLE (vCard)=z} {EMAIL 2=2}" },
    /* Birthdays. */
    { "3.0", "FN:A\nBDAY:1980-03-22T01:00:00Z", "[name=A] [birthday=1980-03-22]" },
    { "4.0", "FN:A\nBDAY:--0203", "[name=A] {BDAY=--0203}" },
    { "4.0", "FN:A\nBDAY:1980-03", "[name=A] {BDAY=1980-03}" },
    { "4.0", "FN:A\nBDAY;VALUE=text:circa 1800", "[name=A] {BDAY=circa 1800}" },
    { "3.0", "FN:A\nBDAY;X-APPLE-OMIT-YEAR=1604:1604-02-03", "[name=A] {BDAY=1604-02-03}" },
    { "3.0", "FN:A\nBDAY:soon", "[name=A] [birthday=soon]" },
    /* Fields that only Satchel knows, and its ids. */
    { "4.0",
      "FN:A\nPRODID:-//Satchel//Satchel//EN\nUID:urn:uuid:01900000-0000-7000-8000-000000000001\n"
      "X-SATCHEL-ROLE:buyer\nX-SATCHEL-NO-SUCH:1",
      "{id=01900000-0000-7000-8000-000000000001} [role=buyer] [name=A] {X-SATCHEL-NO-SUCH=1}" },
    { "4.0", "FN:A\nUID:x", "[name=A] {UID=x}" },
    { "4.0", "FN:A\nIMPP;X-SERVICE-TYPE=WeChat:wechat:b\nIMPP:xmpp:c",
      "[name=A] [wechat=b] {IMPP=xmpp:c}" },
    { "4.0", "FN:A\nKIND:individual\nADR;TYPE=home:;;Street 1;Town;;1;X",
      "[name=A] {ADR home=Street 1, Town, 1, X}" },
    { "4.0", "FN:A\nKIND:group",
      "!the card is a list of people, not a person or a company; leave it out! [name=A] "
      "{KIND=group}" },
  };

  check ("contact", cases, G_N_ELEMENTS (cases));
}

#define GIF "R0lGODlhAQABAAAAACw="

/* Of each version as its programs write it; what no field can hold is measured. */
static void
test_pictures (void)
{
  static const Case contacts[] = {
    { "2.1", "FN:A\nPHOTO;GIF;ENCODING=BASE64:\n R0lGODlhAQAB\n AAAAACw=\n\nTEL:1",
      "[name=A] [phone=1] [photo=" GIF "]" },
    { "2.1", "FN:A\nPHOTO;GIF;BASE64:R0lGODlhAQAB\nAAAAACw=\nTEL:1",
      "[name=A] [phone=1] [photo=" GIF "]" },
    { "3.0",
      "FN:A\nPHOTO;ENCODING=b;TYPE=GIF:R0lGODlhAQAB\n AAAAACw=", "[name=A] [photo=" GIF "]" },
    { "4.0",
      "FN:A\nPHOTO:data:image/gif;base64,R0lGODlh\n AQABAAAAACw=", "[name=A] [photo=" GIF "]" },
    { "4.0", "FN:A\nPHOTO:data:image/gif\\;base64\\," GIF "\nPHOTO:data:image/gif;base64,AAAA",
      "[name=A] [photo=" GIF "] {PHOTO 2=18 B}" },
    { "4.0", "FN:A\nPHOTO:data:image/bmp;base64,Qk0=\nPHOTO:data:image/gif;base64," GIF,
      "[name=A] [photo=" GIF "] {PHOTO 2=18 B}" },
    { "3.0", "FN:A\nLOGO;ENCODING=b:" GIF "\nSOUND;ENCODING=b:" GIF,
      "[name=A] {LOGO=15 B} {SOUND=15 B}" },
    { "3.0", "FN:A\nPHOTO;VALUE=uri:http://a.b/c.gif",
      "[name=A] {PHOTO (vCard)=http://a.b/c.gif}" },
    { "3.0", "FN:A\nPHOTO;ENCODING=b:", "[name=A] {PHOTO (vCard)=0 B}" },
  };
  static const Case customers[] = {
    { "4.0", "KIND:org\nFN:A\nPHOTO:data:;base64,/9j/4AAQ\nLOGO:data:image/gif;base64," GIF,
      "[kind=company] [name=A] [logo=" GIF "] {PHOTO=15 B}" },
    { "3.0", "FN:A\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ",
      "[kind=person] [name=A] [logo=/9j/4AAQ]" },
  };
  static const Case others[] = { { "3.0", "PHOTO;ENCODING=b:" GIF, "{PHOTO=15 B}" } };

  check ("contact", contacts, G_N_ELEMENTS (contacts));
  check ("customer", customers, G_N_ELEMENTS (customers));
  check (NULL, others, G_N_ELEMENTS (others));
}

static void
test_customer (void)
{
  static const Case cases[] = {
    { "4.0",
      "KIND:org\nFN:Acme\nORG:Acme\nURL:www.a.cn\nURL:b.cn\n"
      "ADR;TYPE=home:;;x;;;;\nADR;TYPE=work:PO 1;;Road 2\\nFloor 3;Bonn;NRW;53111;Germany",
      "[kind=company] [name=Acme] [website=www.a.cn] [address=PO 1\nRoad 2\nFloor 3] [city=Bonn] "
      "[province=NRW] [postal_code=53111] [country=Germany] {URL=b.cn} {ADR home=x}" },
    { "3.0", "FN:A\nORG:A\nGEO:48.137;-11.5",
      "[kind=company] [name=A] [location=48.137000,-11.500000]" },
    { "4.0", "KIND:org\nFN:A\nORG:A\nGEO:geo:48.137,-11.5;u=35",
      "[kind=company] [name=A] [location=48.137000,-11.500000]" },
    { "4.0", "KIND:org\nFN:A\nORG:A\nGEO:geo:48.137,-11.5,520",
      "[kind=company] [name=A] {GEO=geo:48.137,-11.5,520}" },
    { "3.0", "N:;;;;\nFN:Acme\nORG:Acme;\nX-ABShowAs:COMPANY", "[kind=company] [name=Acme]" },
    { "2.1", "ORG:Acme;IT", "[kind=company] [name=Acme] {ORG=Acme, IT}" },
    { "3.0", "FN:Ann\nORG:Acme\nTEL;TYPE=CELL:1\nTEL;TYPE=FAX:2",
      "[kind=person] [name=Ann] [phone=1] {ORG=Acme} {TEL fax=2}" },
    { "4.0", "FN:Acme\nKIND:individual\nORG:Acme", "[kind=person] [name=Acme] {ORG=Acme}" },
    { "4.0", "FN:A\nBDAY:19800322\nKIND:location",
      "[kind=person] [name=A] {BDAY=19800322} {KIND 2=location}" },
  };

  check ("customer", cases, G_N_ELEMENTS (cases));
}

/* Without an object there are no fields. */
static void
test_nothing (void)
{
  static const Case cases[] = { { "3.0", "FN:A\nTEL:1\nEMAIL:b", "{FN=A} {TEL=1} {EMAIL=b}" } };

  check (NULL, cases, G_N_ELEMENTS (cases));
}

static void
test_objects (void)
{
  g_autoptr (SatCatalogue) catalogue = sat_catalogue_default (NULL);
  const SatObject *contact = sat_catalogue_find (catalogue, "contact");
  g_autoptr (GError) error = NULL;
  g_autofree char *name = sat_vcard_extension (sat_object_find (contact, "birthday"));
  SatVcardFields fields;

  g_assert_true (sat_vcard_fields_check (contact, &error));
  g_assert_false (sat_vcard_fields_check (sat_catalogue_find (catalogue, "deal"), &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
  sat_vcard_fields_init (&fields, contact);
  g_assert_true (sat_vcard_fields_has (&fields, sat_object_find (contact, "mobile")));
  g_assert_false (sat_vcard_fields_has (&fields, sat_object_find (contact, "role")));
  g_assert_cmpstr (name, ==, "X-SATCHEL-BIRTHDAY");
  g_assert_true (sat_vcard_extended (&fields, name) == sat_object_find (contact, "birthday"));
  g_assert_null (sat_vcard_extended (&fields, "X-OTHER"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/vcard-row/contact", test_contact);
  g_test_add_func ("/exchange/vcard-row/customer", test_customer);
  g_test_add_func ("/exchange/vcard-row/pictures", test_pictures);
  g_test_add_func ("/exchange/vcard-row/nothing", test_nothing);
  g_test_add_func ("/exchange/vcard-row/objects", test_objects);
  return g_test_run ();
}
