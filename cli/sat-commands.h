/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands of `satchel`: each is one file cli/sat-cmd-NAME.c that defines one or a few of
 * these, and one line in the table of sat-commands.c. */
#pragma once

#include "cli/sat-cli.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;  /* one or two words: "set", "hub init" */
  const char *words; /* what follows, as shown in the usage line; "" for nothing */
  guint least_words;
  guint most_words;         /* G_MAXUINT: any number */
  const SatOption *options; /* may be NULL */
  gboolean waits;           /* may exit with 3 */
  const char *summary;      /* one line, N_ */
  const char *help;         /* whole paragraphs, N_; NULL: the summary says it all */
  const char *examples;     /* lines to type; not translated */
  int (*run) (SatCli *cli, const SatArgs *args, GError **error); /* a SatExit */
} SatCommand;

extern const SatCommand sat_cmd_hub_init;
extern const SatCommand sat_cmd_hub_set;
extern const SatCommand sat_cmd_hub_rebuild;
extern const SatCommand sat_cmd_hub_tidy;
extern const SatCommand sat_cmd_hub_trust;
extern const SatCommand sat_cmd_hub_login;
extern const SatCommand sat_cmd_hub_key;
extern const SatCommand sat_cmd_hub_invite;
extern const SatCommand sat_cmd_hub_withdraw;
extern const SatCommand sat_cmd_hub_admit;
extern const SatCommand sat_cmd_hub_revoke;
extern const SatCommand sat_cmd_hub_hook;
extern const SatCommand sat_cmd_hub_receive;
extern const SatCommand sat_cmd_hub_signers;
extern const SatCommand sat_cmd_join;
extern const SatCommand sat_cmd_sync;
extern const SatCommand sat_cmd_status;
extern const SatCommand sat_cmd_new;
extern const SatCommand sat_cmd_set;
extern const SatCommand sat_cmd_delete;
extern const SatCommand sat_cmd_undelete;
extern const SatCommand sat_cmd_assign;
extern const SatCommand sat_cmd_handover;
extern const SatCommand sat_cmd_approval_list;
extern const SatCommand sat_cmd_approval_show;
extern const SatCommand sat_cmd_approval_submit;
extern const SatCommand sat_cmd_approval_resubmit;
extern const SatCommand sat_cmd_approval_approve;
extern const SatCommand sat_cmd_approval_reject;
extern const SatCommand sat_cmd_approval_comment;
extern const SatCommand sat_cmd_approval_delegate;
extern const SatCommand sat_cmd_approval_withdraw;
extern const SatCommand sat_cmd_approval_remind;
extern const SatCommand sat_cmd_approval_processes;
extern const SatCommand sat_cmd_absorb;
extern const SatCommand sat_cmd_convert;
extern const SatCommand sat_cmd_file_save;
extern const SatCommand sat_cmd_duplicates;
extern const SatCommand sat_cmd_pipeline_list;
extern const SatCommand sat_cmd_pipeline_show;
extern const SatCommand sat_cmd_pipeline_check;
extern const SatCommand sat_cmd_book_create;
extern const SatCommand sat_cmd_book_list;
extern const SatCommand sat_cmd_book_hold;
extern const SatCommand sat_cmd_book_release;
extern const SatCommand sat_cmd_rules_list;
extern const SatCommand sat_cmd_rules_run;
extern const SatCommand sat_cmd_rules_log;
extern const SatCommand sat_cmd_rules_enable;
extern const SatCommand sat_cmd_rules_disable;
extern const SatCommand sat_cmd_perm_breaches;
extern const SatCommand sat_cmd_perm_list;
extern const SatCommand sat_cmd_perm_show;
extern const SatCommand sat_cmd_perm_set;
extern const SatCommand sat_cmd_perm_reset;
extern const SatCommand sat_cmd_audit;
extern const SatCommand sat_cmd_undo;
extern const SatCommand sat_cmd_revert;
extern const SatCommand sat_cmd_show;
extern const SatCommand sat_cmd_list;
extern const SatCommand sat_cmd_search;
extern const SatCommand sat_cmd_history;
extern const SatCommand sat_cmd_conflicts;
extern const SatCommand sat_cmd_resolve;
extern const SatCommand sat_cmd_import;
extern const SatCommand sat_cmd_export;
extern const SatCommand sat_cmd_digest;
extern const SatCommand sat_cmd_doctor;
extern const SatCommand sat_cmd_doctor_config;
extern const SatCommand sat_cmd_devices;
extern const SatCommand sat_cmd_checkpoint;
extern const SatCommand sat_cmd_bundle_export;
extern const SatCommand sat_cmd_bundle_import;
extern const SatCommand sat_cmd_backup;
extern const SatCommand sat_cmd_restore;
extern const SatCommand sat_cmd_catalogue_show;
extern const SatCommand sat_cmd_catalogue_check;
extern const SatCommand sat_cmd_catalogue_add_object;
extern const SatCommand sat_cmd_catalogue_add_field;
extern const SatCommand sat_cmd_catalogue_add_choice;
extern const SatCommand sat_cmd_catalogue_change;
extern const SatCommand sat_cmd_catalogue_retire;
extern const SatCommand sat_cmd_module_list;
extern const SatCommand sat_cmd_module_on;
extern const SatCommand sat_cmd_module_off;
extern const SatCommand sat_cmd_module_simple;
extern const SatCommand sat_cmd_template_list;
extern const SatCommand sat_cmd_template_show;
extern const SatCommand sat_cmd_template_diff;
extern const SatCommand sat_cmd_template_apply;
extern const SatCommand sat_cmd_template_decline;
extern const SatCommand sat_cmd_demo;
extern const SatCommand sat_cmd_version;
extern const SatCommand sat_cmd_help;
extern const SatCommand sat_cmd_complete;

/* Every command in the order of the help, ended by NULL; not sat_cmd_complete, which only shells
 * write. */
const SatCommand *const *sat_commands (void);
/* The command that the first of WORDS name, and how many of them are its name; NULL: none. */
const SatCommand *sat_command_find (const char *const *words, guint *used);

/* The options that every command takes. */
const SatOption *sat_global_options (void);

/* Runs a command line (without the program's name) and says what went wrong: the exit status. */
int sat_commands_main (const char *const *words);

G_END_DECLS
