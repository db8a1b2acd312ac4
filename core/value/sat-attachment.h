/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files as values. The value says which file it is: its name, its size and the SHA-256 of its
 * bytes, "offer 2026.pdf 48213 9f86d0…0a08". The bytes themselves are kept beside the records
 * (store/sat-files.h) and travel beside the change-set that says the value. All functions are pure.
 *
 * The name comes first, so that lists sort, search and compare by it; hash and size are found from
 * the end, without a catalogue: sealing and checkpoints look at any value. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The largest file, in bytes (part of the change-set format). */
#define SAT_FILE_MAX (16 * 1024 * 1024)
/* The longest name, in bytes; tidied, one line, without / and \, neither "." nor "..". */
#define SAT_FILE_NAME_MAX 200
#define SAT_FILE_HASH_SIZE 32
/* Its hash in hexadecimal, and NUL. */
#define SAT_FILE_HEX_SIZE (2 * SAT_FILE_HASH_SIZE + 1)

/* What a file is. Two of the same content are one file, whatever they are called. */
typedef struct
{
  guint8 hash[SAT_FILE_HASH_SIZE];
  guint32 size;
} SatFile;

/* FALSE: BYTES are more than SAT_FILE_MAX. */
gboolean sat_file_of (GBytes *bytes, SatFile *out);
gboolean sat_file_equal (const SatFile *a, const SatFile *b);
/* By hash, for ordering. */
int sat_file_compare (gconstpointer a, gconstpointer b);
/* Lower-case hexadecimal of the hash. Returns TEXT. */
char *sat_file_hex (const SatFile *file, char text[SAT_FILE_HEX_SIZE]);
/* 64 lower-case hexadecimal digits at TEXT, which need not end there. */
gboolean sat_file_parse_hex (const char *text, guint8 hash[SAT_FILE_HASH_SIZE]);

/* Is the value TEXT, of LENGTH bytes, an attachment in canonical spelling? FILE and NAME_LENGTH
 * (of the name, at the beginning of TEXT) may be NULL. Cheap when it is none. */
gboolean sat_attachment_look (const char *text, gsize length, SatFile *file, gsize *name_length);
/* The name in VALUE, newly allocated; VALUE itself where it is no attachment. */
char *sat_attachment_name (const char *value) G_GNUC_WARN_UNUSED_RESULT;
/* The value of FILE under NAME (of a path, the last part), whose unusable characters become "_"; a
 * longer name is cut before its suffix. Newly allocated. */
char *sat_attachment_value (const char *name, const SatFile *file) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
