-- SPDX-License-Identifier: GPL-3.0-or-later
-- A replica as the second version of the tables had it: the demo with three customers, and one more.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE device (number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE);
CREATE TABLE book (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, held INTEGER NOT NULL DEFAULT 0, open_bytes INTEGER NOT NULL DEFAULT 0);
CREATE TABLE name (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE vector (book INTEGER, device INTEGER, number INTEGER NOT NULL, saw BLOB, hlc INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (book, device)) WITHOUT ROWID;
CREATE TABLE saw (book INTEGER, device INTEGER, number INTEGER, seen_device INTEGER, seen_number INTEGER, PRIMARY KEY (book, device, number, seen_device)) WITHOUT ROWID;
CREATE TABLE partial (book INTEGER, device INTEGER, number INTEGER, groups_done INTEGER);
CREATE TABLE sealed (book INTEGER, device INTEGER, number INTEGER, time_ms INTEGER, records INTEGER, text BLOB, commit_id TEXT, pushed INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (book, device, number));
CREATE TABLE step (id INTEGER PRIMARY KEY, hlc INTEGER NOT NULL, undoes INTEGER NOT NULL DEFAULT 0, undone INTEGER NOT NULL DEFAULT 0);
CREATE TABLE step_write (number INTEGER PRIMARY KEY, step INTEGER NOT NULL, book INTEGER, object INTEGER, row INTEGER, kind INTEGER NOT NULL, before BLOB);
CREATE INDEX step_write_step ON step_write (step);
CREATE TABLE former (device INTEGER PRIMARY KEY, time_ms INTEGER NOT NULL);
CREATE INDEX sealed_waiting ON sealed (pushed) WHERE pushed = 0;
CREATE TABLE open_record (book INTEGER, object INTEGER, row INTEGER, PRIMARY KEY (book, object, row)) WITHOUT ROWID;
CREATE TABLE open_extra (book INTEGER, object INTEGER, row INTEGER, field INTEGER, element TEXT, dropped INTEGER, keep BLOB, over BLOB);
CREATE INDEX open_extra_record ON open_extra (book, object, row);
CREATE TABLE cut (book INTEGER, device INTEGER, number INTEGER, PRIMARY KEY (book, device)) WITHOUT ROWID;
CREATE TABLE history (object INTEGER, row INTEGER, field INTEGER, element TEXT, book INTEGER, device INTEGER, number INTEGER, hlc INTEGER, flags INTEGER, value TEXT);
CREATE INDEX history_record ON history (object, row);
CREATE TABLE conflict (object INTEGER, row INTEGER, field INTEGER, PRIMARY KEY (object, row, field)) WITHOUT ROWID;
CREATE TABLE dirty (object INTEGER, row INTEGER, PRIMARY KEY (object, row)) WITHOUT ROWID;
CREATE TABLE quarantine (book INTEGER, device INTEGER, number INTEGER, newer INTEGER, msgid TEXT, args BLOB, PRIMARY KEY (book, device)) WITHOUT ROWID;
CREATE VIRTUAL TABLE search USING fts5 (text, tokenize = 'satchel', detail = 'none', columnsize = 0);
CREATE TABLE o__unknown (row INTEGER PRIMARY KEY, uuid BLOB NOT NULL, book INTEGER NOT NULL, dead INTEGER NOT NULL, hidden INTEGER NOT NULL, stamps BLOB NOT NULL, object INTEGER NOT NULL, UNIQUE (object, uuid, book));
CREATE TABLE "o_customer" (row INTEGER PRIMARY KEY, uuid BLOB NOT NULL, book INTEGER NOT NULL, dead INTEGER NOT NULL DEFAULT 1, hidden INTEGER NOT NULL DEFAULT 1, stamps BLOB NOT NULL, sort BLOB, "f_name" TEXT, "f_kind" TEXT, "f_code" TEXT, "f_phone" TEXT, "f_email" TEXT, "f_website" TEXT, "f_address" TEXT, "f_postal_code" TEXT, "f_city" TEXT, "f_province" TEXT, "f_region" TEXT, "f_country" TEXT, "f_industry" TEXT, "f_size" TEXT, "f_source" TEXT, "f_level" TEXT, "f_owner" BLOB, "f_credit_limit" INTEGER, "f_credit_limit_cur" TEXT, "f_tags" TEXT, "f_last_activity" TEXT, "f_next_contact" TEXT, "f_notes" TEXT);
CREATE UNIQUE INDEX "i_customer_uuid" ON "o_customer" (uuid, book);
CREATE INDEX "i_customer_sort" ON "o_customer" (hidden, sort);
CREATE TABLE "o_contact" (row INTEGER PRIMARY KEY, uuid BLOB NOT NULL, book INTEGER NOT NULL, dead INTEGER NOT NULL DEFAULT 1, hidden INTEGER NOT NULL DEFAULT 1, stamps BLOB NOT NULL, sort BLOB, "f_name" TEXT, "f_customer" BLOB, "f_title" TEXT, "f_department" TEXT, "f_role" TEXT, "f_phone" TEXT, "f_mobile" TEXT, "f_email" TEXT, "f_wechat" TEXT, "f_birthday" TEXT, "f_tags" TEXT, "f_notes" TEXT);
CREATE UNIQUE INDEX "i_contact_uuid" ON "o_contact" (uuid, book);
CREATE INDEX "i_contact_sort" ON "o_contact" (hidden, sort);
CREATE INDEX "i_contact_customer" ON "o_contact" ("f_customer", dead) WHERE "f_customer" IS NOT NULL;
CREATE TABLE "o_deal" (row INTEGER PRIMARY KEY, uuid BLOB NOT NULL, book INTEGER NOT NULL, dead INTEGER NOT NULL DEFAULT 1, hidden INTEGER NOT NULL DEFAULT 1, stamps BLOB NOT NULL, sort BLOB, "f_name" TEXT, "f_customer" BLOB, "f_contact" BLOB, "f_product" BLOB, "f_amount" INTEGER, "f_amount_cur" TEXT, "f_stage" TEXT, "f_probability" INTEGER, "f_close_date" TEXT, "f_source" TEXT, "f_lost_reason" TEXT, "f_competitor" TEXT, "f_next_step" TEXT, "f_owner" BLOB, "f_tags" TEXT, "f_notes" TEXT);
CREATE UNIQUE INDEX "i_deal_uuid" ON "o_deal" (uuid, book);
CREATE INDEX "i_deal_sort" ON "o_deal" (hidden, sort);
CREATE INDEX "i_deal_customer" ON "o_deal" ("f_customer", dead) WHERE "f_customer" IS NOT NULL;
CREATE INDEX "i_deal_contact" ON "o_deal" ("f_contact") WHERE "f_contact" IS NOT NULL;
CREATE INDEX "i_deal_product" ON "o_deal" ("f_product") WHERE "f_product" IS NOT NULL;
CREATE TABLE "o_activity" (row INTEGER PRIMARY KEY, uuid BLOB NOT NULL, book INTEGER NOT NULL, dead INTEGER NOT NULL DEFAULT 1, hidden INTEGER NOT NULL DEFAULT 1, stamps BLOB NOT NULL, sort BLOB, "f_subject" TEXT, "f_kind" TEXT, "f_customer" BLOB, "f_contact" BLOB, "f_deal" BLOB, "f_time" TEXT, "f_outcome" TEXT, "f_owner" BLOB, "f_notes" TEXT);
CREATE UNIQUE INDEX "i_activity_uuid" ON "o_activity" (uuid, book);
CREATE INDEX "i_activity_sort" ON "o_activity" (hidden, sort);
CREATE INDEX "i_activity_customer" ON "o_activity" ("f_customer", dead) WHERE "f_customer" IS NOT NULL;
CREATE INDEX "i_activity_contact" ON "o_activity" ("f_contact") WHERE "f_contact" IS NOT NULL;
CREATE INDEX "i_activity_deal" ON "o_activity" ("f_deal") WHERE "f_deal" IS NOT NULL;
CREATE TABLE "o_product" (row INTEGER PRIMARY KEY, uuid BLOB NOT NULL, book INTEGER NOT NULL, dead INTEGER NOT NULL DEFAULT 1, hidden INTEGER NOT NULL DEFAULT 1, stamps BLOB NOT NULL, sort BLOB, "f_name" TEXT, "f_code" TEXT, "f_category" TEXT, "f_price" INTEGER, "f_price_cur" TEXT, "f_unit" TEXT, "f_active" INTEGER, "f_description" TEXT);
CREATE UNIQUE INDEX "i_product_uuid" ON "o_product" (uuid, book);
CREATE INDEX "i_product_sort" ON "o_product" (hidden, sort);
CREATE TABLE "o_user" (row INTEGER PRIMARY KEY, uuid BLOB NOT NULL, book INTEGER NOT NULL, dead INTEGER NOT NULL DEFAULT 1, hidden INTEGER NOT NULL DEFAULT 1, stamps BLOB NOT NULL, sort BLOB, "f_name" TEXT, "f_login" TEXT, "f_email" TEXT, "f_phone" TEXT, "f_role" TEXT, "f_manager" BLOB, "f_team" BLOB, "f_active" INTEGER);
CREATE UNIQUE INDEX "i_user_uuid" ON "o_user" (uuid, book);
CREATE INDEX "i_user_sort" ON "o_user" (hidden, sort);
CREATE TABLE "o_team" (row INTEGER PRIMARY KEY, uuid BLOB NOT NULL, book INTEGER NOT NULL, dead INTEGER NOT NULL DEFAULT 1, hidden INTEGER NOT NULL DEFAULT 1, stamps BLOB NOT NULL, sort BLOB, "f_name" TEXT, "f_leader" BLOB, "f_parent" BLOB, "f_notes" TEXT);
CREATE UNIQUE INDEX "i_team_uuid" ON "o_team" (uuid, book);
CREATE INDEX "i_team_sort" ON "o_team" (hidden, sort);
CREATE TABLE "o_book" (row INTEGER PRIMARY KEY, uuid BLOB NOT NULL, book INTEGER NOT NULL, dead INTEGER NOT NULL DEFAULT 1, hidden INTEGER NOT NULL DEFAULT 1, stamps BLOB NOT NULL, sort BLOB, "f_name" TEXT, "f_key" TEXT, "f_repository" TEXT);
CREATE UNIQUE INDEX "i_book_uuid" ON "o_book" (uuid, book);
CREATE INDEX "i_book_sort" ON "o_book" (hidden, sort);
CREATE TABLE "o_device" (row INTEGER PRIMARY KEY, uuid BLOB NOT NULL, book INTEGER NOT NULL, dead INTEGER NOT NULL DEFAULT 1, hidden INTEGER NOT NULL DEFAULT 1, stamps BLOB NOT NULL, sort BLOB, "f_name" TEXT, "f_code" TEXT, "f_user" BLOB, "f_key" TEXT, "f_books" TEXT, "f_joined" TEXT, "f_state" TEXT);
CREATE UNIQUE INDEX "i_device_uuid" ON "o_device" (uuid, book);
CREATE INDEX "i_device_sort" ON "o_device" (hidden, sort);
CREATE TABLE "o_workspace" (row INTEGER PRIMARY KEY, uuid BLOB NOT NULL, book INTEGER NOT NULL, dead INTEGER NOT NULL DEFAULT 1, hidden INTEGER NOT NULL DEFAULT 1, stamps BLOB NOT NULL, sort BLOB, "f_name" TEXT, "f_currency" TEXT);
CREATE UNIQUE INDEX "i_workspace_uuid" ON "o_workspace" (uuid, book);
CREATE INDEX "i_workspace_sort" ON "o_workspace" (hidden, sort);
INSERT INTO "meta" VALUES ('author', '李清扬');
INSERT INTO "meta" VALUES ('author_mail', 'li@satchel.invalid');
INSERT INTO "meta" VALUES ('catalogue', '2b46224e95e96d2f4a92fe13f84fde4f97b183d626796b94e015d3954d9a067c');
INSERT INTO "meta" VALUES ('device', '3392f4e3-3b2c-816a-82b9-0cdc7bc20a28');
INSERT INTO "meta" VALUES ('hlc', '117658995057098752');
INSERT INTO "meta" VALUES ('hub', 'hub');
INSERT INTO "meta" VALUES ('last_sync', '1795180800000');
INSERT INTO "meta" VALUES ('rederive', '0');
INSERT INTO "meta" VALUES ('schema', '2');
INSERT INTO "meta" VALUES ('sorting', '153.120.42.0');
INSERT INTO "meta" VALUES ('user', 'e7034df3-8bd2-86cd-9143-16ada9c615a9');
INSERT INTO "meta" VALUES ('workspace', '019aa235-6680-786a-88ee-82ce2338dff2');
INSERT INTO "device" VALUES (1, x'3392f4e33b2c816a82b90cdc7bc20a28');
INSERT INTO "device" VALUES (2, x'273335b9c57e8137b4554e4171715759');
INSERT INTO "device" VALUES (3, x'f99331270c2f81aa86f099edacd93ca4');
INSERT INTO "device" VALUES (4, x'ff2b9763a69389ea9209a0fae51b694b');
INSERT INTO "book" VALUES (1, 'company', 1, 0);
INSERT INTO "book" VALUES (2, 'key-accounts', 1, 0);
INSERT INTO "book" VALUES (3, 'west', 1, 0);
INSERT INTO "name" VALUES (1, ':life');
INSERT INTO "name" VALUES (2, ':home');
INSERT INTO "name" VALUES (3, ':into');
INSERT INTO "name" VALUES (4, ':erased');
INSERT INTO "name" VALUES (5, 'customer');
INSERT INTO "name" VALUES (6, 'name');
INSERT INTO "name" VALUES (7, 'kind');
INSERT INTO "name" VALUES (8, 'code');
INSERT INTO "name" VALUES (9, 'phone');
INSERT INTO "name" VALUES (10, 'email');
INSERT INTO "name" VALUES (11, 'website');
INSERT INTO "name" VALUES (12, 'address');
INSERT INTO "name" VALUES (13, 'postal_code');
INSERT INTO "name" VALUES (14, 'city');
INSERT INTO "name" VALUES (15, 'province');
INSERT INTO "name" VALUES (16, 'region');
INSERT INTO "name" VALUES (17, 'country');
INSERT INTO "name" VALUES (18, 'industry');
INSERT INTO "name" VALUES (19, 'size');
INSERT INTO "name" VALUES (20, 'source');
INSERT INTO "name" VALUES (21, 'level');
INSERT INTO "name" VALUES (22, 'owner');
INSERT INTO "name" VALUES (23, 'credit_limit');
INSERT INTO "name" VALUES (24, 'tags');
INSERT INTO "name" VALUES (25, 'last_activity');
INSERT INTO "name" VALUES (26, 'next_contact');
INSERT INTO "name" VALUES (27, 'notes');
INSERT INTO "name" VALUES (28, 'contact');
INSERT INTO "name" VALUES (29, 'title');
INSERT INTO "name" VALUES (30, 'department');
INSERT INTO "name" VALUES (31, 'role');
INSERT INTO "name" VALUES (32, 'mobile');
INSERT INTO "name" VALUES (33, 'wechat');
INSERT INTO "name" VALUES (34, 'birthday');
INSERT INTO "name" VALUES (35, 'deal');
INSERT INTO "name" VALUES (36, 'product');
INSERT INTO "name" VALUES (37, 'amount');
INSERT INTO "name" VALUES (38, 'stage');
INSERT INTO "name" VALUES (39, 'probability');
INSERT INTO "name" VALUES (40, 'close_date');
INSERT INTO "name" VALUES (41, 'lost_reason');
INSERT INTO "name" VALUES (42, 'competitor');
INSERT INTO "name" VALUES (43, 'next_step');
INSERT INTO "name" VALUES (44, 'activity');
INSERT INTO "name" VALUES (45, 'subject');
INSERT INTO "name" VALUES (46, 'time');
INSERT INTO "name" VALUES (47, 'outcome');
INSERT INTO "name" VALUES (48, 'category');
INSERT INTO "name" VALUES (49, 'price');
INSERT INTO "name" VALUES (50, 'unit');
INSERT INTO "name" VALUES (51, 'active');
INSERT INTO "name" VALUES (52, 'description');
INSERT INTO "name" VALUES (53, 'user');
INSERT INTO "name" VALUES (54, 'login');
INSERT INTO "name" VALUES (55, 'manager');
INSERT INTO "name" VALUES (56, 'team');
INSERT INTO "name" VALUES (57, 'leader');
INSERT INTO "name" VALUES (58, 'parent');
INSERT INTO "name" VALUES (59, 'book');
INSERT INTO "name" VALUES (60, 'key');
INSERT INTO "name" VALUES (61, 'repository');
INSERT INTO "name" VALUES (62, 'device');
INSERT INTO "name" VALUES (63, 'books');
INSERT INTO "name" VALUES (64, 'joined');
INSERT INTO "name" VALUES (65, 'state');
INSERT INTO "name" VALUES (66, 'workspace');
INSERT INTO "name" VALUES (67, 'currency');
INSERT INTO "vector" VALUES (1, 1, 1, x'020103010401', 115583102484480002);
INSERT INTO "vector" VALUES (1, 2, 1, NULL, 115583090688000000);
INSERT INTO "vector" VALUES (1, 3, 2, x'0101020103010401', 115583130009600029);
INSERT INTO "vector" VALUES (1, 4, 1, x'02010301', 115583102484480001);
INSERT INTO "vector" VALUES (2, 1, 1, NULL, 117658995057098752);
INSERT INTO "vector" VALUES (3, 1, 3, x'0102', 117544476428009472);
INSERT INTO "saw" VALUES (1, 1, 1, 2, 1);
INSERT INTO "saw" VALUES (1, 1, 1, 3, 1);
INSERT INTO "saw" VALUES (1, 1, 1, 4, 1);
INSERT INTO "saw" VALUES (1, 3, 1, 2, 1);
INSERT INTO "saw" VALUES (1, 3, 2, 1, 1);
INSERT INTO "saw" VALUES (1, 3, 2, 4, 1);
INSERT INTO "saw" VALUES (1, 4, 1, 2, 1);
INSERT INTO "saw" VALUES (1, 4, 1, 3, 1);
INSERT INTO "sealed" VALUES (1, 1, 1, 1763658120000, 2, NULL, '2c92086001f0620ca8212e09d82448c90b47edef', 1);
INSERT INTO "sealed" VALUES (3, 1, 1, 1790735388981, 4, NULL, '738ea136c3dd2d4a22cf10b0c93c4a9f474e205a', 1);
INSERT INTO "sealed" VALUES (3, 1, 2, 1793246110319, 3, NULL, '16815639f6cc86b1e809885c55efecef6aa69ad1', 1);
INSERT INTO "sealed" VALUES (3, 1, 3, 1794893472920, 4, NULL, 'ce24afbc9ae45b4eea4e9f6c3d50b051c754c0e9', 1);
INSERT INTO "sealed" VALUES (2, 1, 1, 1795333786910, 1, x'7361746368656c206368616e67652d73657420310a626f6f6b206b65792d6163636f756e74730a6465766963652033333932663465332d336232632d383136612d383262392d3063646337626332306132380a6e756d62657220310a73617720616c6c0a617420323032362d31312d32325430373a34393a34362e3838325a0a637573746f6d65722030316132303233622d346232652d376564612d623466382d3637613236346139356161340a617420323032362d31312d32325430373a34393a33302e3033305a0a203a686f6d653d6b65792d6163636f756e74730a20636974793de68890e983bd0a206b696e643d636f6d70616e790a206e616d653de7ad89e580990a617420323032362d31312d32325430373a34393a34362e3838325a0a2070686f6e653d3032312d353535352d303130300a656e64203120350a', NULL, 0);
INSERT INTO "step" VALUES (1, 117198916953505792, 0, 0);
INSERT INTO "step" VALUES (2, 117432397580992512, 0, 0);
INSERT INTO "step" VALUES (3, 117544476428009472, 0, 0);
INSERT INTO "step" VALUES (4, 117658993952686080, 0, 0);
INSERT INTO "step" VALUES (5, 117658995057098752, 0, 0);
INSERT INTO "step_write" VALUES (1, 1, 3, 5, 1, 1, NULL);
INSERT INTO "step_write" VALUES (2, 1, 3, 28, 1, 1, NULL);
INSERT INTO "step_write" VALUES (3, 1, 3, 28, 2, 1, NULL);
INSERT INTO "step_write" VALUES (4, 1, 3, 35, 1, 1, NULL);
INSERT INTO "step_write" VALUES (5, 2, 3, 35, 1, 0, x'2602046c65616400270202313000');
INSERT INTO "step_write" VALUES (6, 2, 3, 44, 1, 1, NULL);
INSERT INTO "step_write" VALUES (7, 2, 3, 5, 1, 0, x'1900');
INSERT INTO "step_write" VALUES (8, 2, 3, 35, 1, 0, x'26020474616c6b00270202323000');
INSERT INTO "step_write" VALUES (9, 3, 3, 44, 2, 1, NULL);
INSERT INTO "step_write" VALUES (10, 3, 3, 5, 1, 0, x'190214323032362d31302d32305430343a31393a30305a00');
INSERT INTO "step_write" VALUES (11, 3, 3, 44, 3, 1, NULL);
INSERT INTO "step_write" VALUES (12, 3, 3, 5, 1, 0, x'190214323032362d31312d30325430323a32363a30305a00');
INSERT INTO "step_write" VALUES (13, 3, 3, 5, 2, 1, NULL);
INSERT INTO "step_write" VALUES (14, 4, 2, 5, 3, 1, NULL);
INSERT INTO "step_write" VALUES (15, 5, 2, 5, 3, 0, x'0900');
INSERT INTO "history" VALUES (53, 2, 31, NULL, 1, 3, 1, 115583102484480000, 0, 'sales');
INSERT INTO "history" VALUES (35, 1, 38, NULL, 3, 1, 1, 117198916953505792, 0, 'lead');
INSERT INTO "history" VALUES (35, 1, 39, NULL, 3, 1, 1, 117198916953505792, 0, '10');
INSERT INTO "history" VALUES (35, 1, 38, NULL, 3, 1, 2, 117432397580992512, 4, 'talk');
INSERT INTO "history" VALUES (35, 1, 39, NULL, 3, 1, 2, 117432397580992512, 4, '20');
INSERT INTO "history" VALUES (5, 1, 25, NULL, 3, 1, 2, 117432397580992512, 0, '2026-10-20T04:19:00Z');
INSERT INTO "history" VALUES (5, 1, 25, NULL, 3, 1, 3, 117544476428009472, 4, '2026-11-02T02:26:00Z');
INSERT INTO "o_customer" VALUES (1, x'01a05fcb451376b4b70ff9b075964123', 3, 0, 0, x'010903010101a05fcb451300000100010301a19a141acd0000180109e689a9e4baa7e4b8ad00010101a05fcb451300001908010301a19a141acd0000', x'70ce9f8055fe5e375b9e8d597d9362505f369940907061cc873a011100', '兰州辰帆调味品股份有限公司', 'company', 'C000001', '0931-5553 7669', 'info@chenfan-food.example', 'https://www.chenfan-food.example', '科创一路203号', NULL, '兰州', '甘肃省', 'northwest', '中国', 'food', 's1', 'exhibition', 'c', x'e7034df38bd286cd914316ada9c615a9', NULL, NULL, '扩产中', '2026-11-12T03:12:00Z', NULL, '厂区管理严格，进门要提前一天报备，需穿防静电服。');
INSERT INTO "o_customer" VALUES (2, x'01a1e7fb0fd87583887925e03c028641', 3, 0, 0, x'010d03010301a19a141acd000018010ce5b9b4e5baa6e6a186e69eb600010301a19a141acd0000', x'5447913e7794010700', '蔡晓梅', 'person', 'C000003', '028-5553 4605', 'hello@xiaomei.cai.example', NULL, '滨河东路123号', NULL, '成都', '四川省', 'southwest', '中国', NULL, NULL, 'cold_call', 'c', x'e7034df38bd286cd914316ada9c615a9', NULL, NULL, '年度框架', NULL, NULL, '集团统一招标，子公司只有推荐权。');
INSERT INTO "o_customer" VALUES (3, x'01a2023b4b2e7edab4f867a264a95aa4', 2, 0, 0, x'010902010101a2023b4b2e00000100010101a2023b8d0200000908010101a2023b8d020000', x'5aba6585010600', '等候', 'company', NULL, '021-5555-0100', NULL, NULL, NULL, NULL, '成都', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO "o_contact" VALUES (1, x'01a05fce0433767284d0ad15b80c52a0', 3, 0, 0, x'010d03010101a05fcb45130000', x'87b19537010600', '宋洋', x'01a05fcb451376b4b70ff9b075964123', '总工程师', NULL, 'influencer', NULL, '199 5556 4106', 'yang.song@chenfan-food.example', NULL, '1990-09-18', NULL, NULL);
INSERT INTO "o_contact" VALUES (2, x'01a05fd1adb375848e49b02b1c0b498f', 3, 0, 0, x'010d03010101a05fcb45130000', x'548b71c2010600', '曹磊', x'01a05fcb451376b4b70ff9b075964123', '财务主管', NULL, 'gatekeeper', NULL, '169 5551 0448', 'lei.cao@chenfan-food.example', NULL, '1976-03-24', NULL, NULL);
INSERT INTO "o_deal" VALUES (1, x'01a0f023bc757c45b6ce02dc3efc190f', 3, 0, 0, x'010903010101a05fcb451300000100010201a13424b6f000002608010201a13424b6f000002708010201a13424b6f00000', x'86d26d58543968848cae62ba04210488e2010e00', '数据采集网关 7 台', x'01a05fcb451376b4b70ff9b075964123', NULL, NULL, 293000000, 'CNY', 'needs', 350000, '2026-12-13', 'new', NULL, NULL, NULL, x'e7034df38bd286cd914316ada9c615a9', NULL, NULL);
INSERT INTO "o_activity" VALUES (1, x'01a157898b51709dbb38bb496b39b1b4', 3, 0, 0, x'010d03010201a13424b6f00000', x'71986b805a865439621774845675010b00', '了解到采购流程', 'note', x'01a05fcb451376b4b70ff9b075964123', x'01a05fce0433767284d0ad15b80c52a0', x'01a0f023bc757c45b6ce02dc3efc190f', '2026-10-20T04:19:00Z', '记录', x'e7034df38bd286cd914316ada9c615a9', '金额超过十万要走集团招标，宋洋可以推荐短名单，最终由总部定。');
INSERT INTO "o_activity" VALUES (2, x'01a19a141acd7b8e8965232f8d550059', 3, 0, 0, x'010d03010301a19a141acd0000', x'71986b805a865439621774845675010b00', '了解到采购流程', 'note', x'01a05fcb451376b4b70ff9b075964123', x'01a05fce0433767284d0ad15b80c52a0', x'01a0f023bc757c45b6ce02dc3efc190f', '2026-11-02T02:26:00Z', '记录', x'e7034df38bd286cd914316ada9c615a9', '金额超过十万要走集团招标，宋洋可以推荐短名单，最终由总部定。');
INSERT INTO "o_activity" VALUES (3, x'01a1cdbe78ad7a349348b59c69bed4e2', 3, 0, 0, x'010d03010301a19a141acd0000', x'5769588b50f75ea00671986b80906d559761ca6fc7010f00', '初次拜访，了解现场工况', 'visit', x'01a05fcb451376b4b70ff9b075964123', x'01a05fce0433767284d0ad15b80c52a0', x'01a0f023bc757c45b6ce02dc3efc190f', '2026-11-12T03:12:00Z', '有意向', x'e7034df38bd286cd914316ada9c615a9', '在现场和宋洋聊了四十分钟，看了老设备的运行情况。对数据采集网关有兴趣，主要担心安装时要停产，答应先发一份安装方案。');
INSERT INTO "o_product" VALUES (1, x'019aa23e8e407021a786ebb53cad6299', 1, 0, 0, x'010d010302019aa23e8e40000d', x'8d558570921f93e5725b52d087b37efc04b6d8b4b8b0c2b8ac04c6cab0ccccd0cab004cecaa8c2ccc0b8ceceb0ca01250900', '卫生型压力变送器 Hygienic pressure transmitter', 'PT-330', 'pressure', 42800000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (2, x'019aa23e8e40707fad779b6cdc5dddf7', 1, 0, 0, x'010d010302019aa23e8e400010', x'97b254c7960f8d586e5762ba04ced0c2b8c2b4050eb2c4cabc04beb0d2b0be04ccd4b8ceacb6012300', '音叉液位开关 Tuning-fork level switch', 'LT-320', 'level', 9800000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (3, x'019aa23e8e4072ba97b046bc50e9033a', 1, 0, 0, x'010d010302019aa23e8e40001b', x'9ae65675698b6f3e89d06a0904cab0c0c4ceb004c0c4c2b8cec4cab8c2b404bcb8ce012000', '远程监控套件 Remote monitoring kit', 'CS-320', 'control', 368000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (4, x'019aa23e8e4072be8c0943035764b13c', 1, 0, 0, x'010d010302019aa23e8e400011', x'963a8a2566338d8c5cab52d087b37efc04b8c2ceb0b4caa8ceb0ae04ceb0c0c6b0caa8ced0cab004cecaa8c2ccc0b8ceceb0ca01250e00', '一体化温度变送器 Integrated temperature transmitter', 'TT-100', 'temperature', 7600000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (5, x'019aa23e8e4072e184a96b3a4a2edd6f', 1, 0, 0, x'010d010302019aa23e8e40001a', x'86d26d58543968848cae62ba04aea8cea804a8acc8d0b8ccb8ceb8c4c204b4a8ceb0d4a8d8012300', '数据采集网关 Data acquisition gateway', 'CS-210', 'control', 46000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (6, x'019aa23e8e40732ab5bccd2a2a16fd63', 1, 0, 0, x'010d010302019aa23e8e400017', x'82d36b8095575ef98eb3966504aeb8ccccc4bed2b0ae04c4d6d8b4b0c204a8c2a8bed8ccb0ca012400', '溶解氧分析仪 Dissolved oxygen analyser', 'AN-220', 'analysis', 98000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (7, x'019aa23e8e40747ebf78b3e61e01e868', 1, 0, 0, x'010d010302019aa23e8e40001c', x'7abf5cab914da0b55fda8e7204a8c2c2d0a8be04aca8beb8aacaa8ceb8c4c204ccb0cad2b8acb0012500', '年度校准服务 Annual calibration service', 'SV-100', 'service', 120000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (8, x'019aa23e8e40748a94b26709a3ae5681', 1, 0, 0, x'010d010302019aa23e8e40000b', x'93e5725b52d087b37efc04c6cab0ccccd0cab004cecaa8c2ccc0b8ceceb0ca011e00', '压力变送器 Pressure transmitter', 'PT-110', 'pressure', 16800000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (9, x'019aa23e8e40756d905f43101fa400da', 1, 0, 0, x'010d010302019aa23e8e400019', x'50a2672875ae6f3e9ecc7efc04b0b8b4b6ce050ebec4c4c604acc4c2cecac4bebeb0ca012000', '八回路控制器 Eight-loop controller', 'CS-100', 'control', 215000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (10, x'019aa23e8e4075c1b3efcdd51d40d752', 1, 0, 0, x'010d010302019aa23e8e400014', x'7eda5c335b9e6b3c5e2204aec215131304c6c2b0d0c0a8ceb8ac04acc4c2cecac4be04d2a8bed2b004aec215131301250c00', '气动调节阀 DN100 Pneumatic control valve DN100', 'CV-210', 'valves', 176000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (11, x'019aa23e8e4075d89580069e006925bc', 1, 0, 0, x'010d010302019aa23e8e40000a', x'6ece86029ed3736a7484736a68c204acc4cab8c4beb8cc04c0a8cccc04b2bec4d404c0b0ceb0ca012400', '科氏质量流量计 Coriolis mass flow meter', 'FM-510', 'flow', 586000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (12, x'019aa23e8e4075fdbfbcf9d14b57c9be', 1, 0, 0, x'010d010302019aa23e8e400015', x'6f8a87f580415cbf5e2204c8d0b8acbc04ccb6d0ce050ec4b2b204d2a8bed2b0011e00', '快速切断阀 Quick shut-off valve', 'CV-320', 'valves', 124000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (13, x'019aa23e8e40761bb69829fc8e54f5f3', 1, 0, 0, x'010d010302019aa23e8e400006', x'5b6558757484736a68c204aec21d1304b0beb0accecac4c0a8b4c2b0ceb8ac04b2bec4d404c0b0ceb0ca04aec21d1301250d00', '电磁流量计 DN50 Electromagnetic flow meter DN50', 'FM-100', 'flow', 68000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (14, x'019aa23e8e407647b0b9a9c0e22dfcb1', 1, 0, 0, x'010d010302019aa23e8e400016', x'9bbd906e04c6b6045ef98eb3966504c4c2beb8c2b004c6b604a8c2a8bed8ccb0ca012000', '在线 pH 分析仪 Online pH analyser', 'AN-110', 'analysis', 74000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (15, x'019aa23e8e4076b790470d388eb5d59f', 1, 0, 0, x'010d010302019aa23e8e40001d', x'906d55975b9e86165fda8e720992827682b8099404c4c2050eccb8ceb004acc4c0c0b8ccccb8c4c2b8c2b4040992c6b0ca04aea8d8099401250d00', '现场调试服务（人日） On-site commissioning (per day)', 'SV-210', 'service', 28000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (16, x'019aa23e8e40777c8ad0b09f874390c3', 1, 0, 0, x'010d010302019aa23e8e400012', x'5d195b5982745b657bd704c0d0beceb8c6c4b8c2ce04ceb6b0cac0c4acc4d0c6beb0012100', '多点热电偶 Multipoint thermocouple', 'TT-210', 'temperature', 53000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (17, x'019aa23e8e4079aba84986aa03c98405', 1, 0, 0, x'010d010302019aa23e8e40000e', x'719c5978960f8d5868c204caa8aea8ca04beb0d2b0be04b4a8d0b4b0011b00', '雷达液位计 Radar level gauge', 'LT-100', 'level', 119000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (18, x'019aa23e8e407a839a3e68c5a29b7101', 1, 0, 0, x'010d010302019aa23e8e400007', x'5b6558757484736a68c204aec217131304b0beb0accecac4c0a8b4c2b0ceb8ac04b2bec4d404c0b0ceb0ca04aec217131301250f00', '电磁流量计 DN200 Electromagnetic flow meter DN200', 'FM-200', 'flow', 145000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (19, x'019aa23e8e407ad0a97da640bdd9741c', 1, 0, 0, x'010d010302019aa23e8e400018', x'9984760b5ef98eb3966504cab0ccb8aed0a8be04acb6bec4cab8c2b004a8c2a8bed8ccb0ca012400', '余氯分析仪 Residual chlorine analyser', 'AN-330', 'analysis', 132000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (20, x'019aa23e8e407b3f8d2e91838f215cee', 1, 0, 0, x'010d010302019aa23e8e40000f', x'5a735390719c5978960f8d5868c204b4d0b8aeb0ae050ed4a8d2b004caa8aea8ca04beb0d2b0be04b4a8d0b4b001250800', '导波雷达液位计 Guided-wave radar level gauge', 'LT-210', 'level', 164000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (21, x'019aa23e8e407cb792b03259ff1c943e', 1, 0, 0, x'010d010302019aa23e8e40000c', x'54f093e552d087b37efc04aeb8b2b2b0cab0c2ceb8a8be04c6cab0ccccd0cab004cecaa8c2ccc0b8ceceb0ca01250a00', '差压变送器 Differential pressure transmitter', 'PT-220', 'pressure', 29500000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (22, x'019aa23e8e407cd986bf60b76e3d4360', 1, 0, 0, x'010d010302019aa23e8e400008', x'8de86b2f7484736a68c204d2c4caceb0d604b2bec4d404c0b0ceb0ca011b00', '涡街流量计 Vortex flow meter', 'FM-310', 'flow', 92000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (23, x'019aa23e8e407d4ebb3b5e766205cd4e', 1, 0, 0, x'010d010302019aa23e8e400013', x'5b655c335b9e6b3c5e2204aec21d1304b0beb0accecab8ac04acc4c2cecac4be04d2a8bed2b004aec21d1301250900', '电动调节阀 DN50 Electric control valve DN50', 'CV-100', 'valves', 89000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (24, x'019aa23e8e407eccbff64f1b34303601', 1, 0, 0, x'010d010302019aa23e8e400009', x'55b6857353907484736a68c204d0bececaa8ccc4c2b8ac04b2bec4d404c0b0ceb0ca012000', '超声波流量计 Ultrasonic flow meter', 'FM-420', 'flow', 238000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_user" VALUES (1, x'2e1a0c9665f78a07a8556fd49017e86d', 1, 0, 0, x'010d010201019aa23566800000', x'a8aec0b8c2b8cccecaa8cec4ca011100', 'Administrator', 'admin', NULL, NULL, 'admin', NULL, NULL, NULL);
INSERT INTO "o_user" VALUES (2, x'f592e3548e9387599c9be1db535df189', 1, 0, 0, x'0109010301019aa23825a0000001000302019aa23e8e4000051f080302019aa23e8e40000538080302019aa23e8e400005', x'9d5f836f8f23010700', '赵若曦', 'zhao', NULL, NULL, 'manager', NULL, x'019aa23e8e4070ab995ea4c94d98b006', NULL);
INSERT INTO "o_user" VALUES (3, x'4b2f205562f188928220f92a94a9a465', 1, 0, 0, x'0109010401019aa23825a0000101000302019aa23e8e40000137080302019aa23e8e40000138080302019aa23e8e400001', x'8ca887409ae6010700', '王思远', 'wang', NULL, NULL, 'sales', x'f592e3548e9387599c9be1db535df189', x'019aa23e8e407c5f8a897c3424d22619', NULL);
INSERT INTO "o_user" VALUES (4, x'e7034df38bd286cd914316ada9c615a9', 1, 0, 0, x'0109010101019aa23825a0000201000302019aa23e8e40000337080302019aa23e8e40000338080302019aa23e8e400003', x'724080b39527010700', '李清扬', 'li', NULL, NULL, 'sales', x'f592e3548e9387599c9be1db535df189', x'019aa23e8e4079c5b177d616e8049522', NULL);
INSERT INTO "o_team" VALUES (1, x'019aa23e8e4070ab995ea4c94d98b006', 1, 0, 0, x'010d010302019aa23e8e400004', x'a186541d04b6b0a8ae04c4b2b2b8acb0011200', '总部 Head office', NULL, NULL, NULL);
INSERT INTO "o_team" VALUES (2, x'019aa23e8e4079c5b177d616e8049522', 1, 0, 0, x'010d010302019aa23e8e400002', x'8ead541d910f8666541d04cca8beb0cc04d4b0ccce011400', '西部销售部 Sales West', NULL, NULL, NULL);
INSERT INTO "o_team" VALUES (3, x'019aa23e8e407c5f8a897c3424d22619', 1, 0, 0, x'010d010302019aa23e8e400000', x'66205c13910f8666541d04cca8beb0cc04b0a8ccce011400', '华东销售部 Sales East', NULL, NULL, NULL);
INSERT INTO "o_book" VALUES (1, x'2878aecc4a3d8062abd07ad58ba1c1e4', 1, 0, 0, x'010d010201019aa23566800000', x'd4b0ccce010800', 'West', 'west', NULL);
INSERT INTO "o_book" VALUES (2, x'42d48903218186aa9e4a15ca67c47ed3', 1, 0, 0, x'010d010201019aa23566800000', x'bcb0d804a8acacc4d0c2cecc011000', 'Key accounts', 'key-accounts', NULL);
INSERT INTO "o_book" VALUES (3, x'59c9da20bb5182dab130457d61eb7082', 1, 0, 0, x'010d010201019aa23566800000', x'b0a8ccce010800', 'East', 'east', NULL);
INSERT INTO "o_device" VALUES (1, x'273335b9c57e8137b4554e4171715759', 1, 0, 0, x'010d010201019aa23566800000', x'b2c4d0c2aeb0ca010b00', 'founder', '9M', x'2e1a0c9665f78a07a8556fd49017e86d', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAbrgaWmOiaqDJGQKovCoJNR4GB5CilPy9dxwQxR8ZTW', NULL, '2025-11-20T17:00:00Z', 'retired');
INSERT INTO "o_device" VALUES (2, x'f99331270c2f81aa86f099edacd93ca4', 1, 0, 0, x'010d010301019aa23825a000003f010465617374000301019aa23825a000003f010c6b65792d6163636f756e7473000301019aa23825a000003f010477657374000301019aa23825a00000', x'b6b0a8ae04c4b2b2b8acb0010f00', 'Head office', 'TM', x'f592e3548e9387599c9be1db535df189', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGWsivEGKXu3rqqd/4Vq/MKRifWxb4+ybCiGFqIbSDwO', 'east
key-accounts
west', '2025-11-20T17:03:00Z', 'live');
INSERT INTO "o_device" VALUES (3, x'ff2b9763a69389ea9209a0fae51b694b', 1, 0, 0, x'010d010401019aa23825a000013f010465617374000401019aa23825a000013f010c6b65792d6163636f756e7473000401019aa23825a00001', x'b0a8ccce04bea8c6cec4c6010f00', 'East laptop', 'ZD', x'4b2f205562f188928220f92a94a9a465', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHBjwAy6Jxvw+IZfWhj+28qclWWk+a/Emsbmd9lD7MXe', 'east
key-accounts', '2025-11-20T17:01:00Z', 'live');
INSERT INTO "o_device" VALUES (4, x'3392f4e33b2c816a82b90cdc7bc20a28', 1, 0, 0, x'010d010101019aa23825a000023f010c6b65792d6163636f756e7473000101019aa23825a000023f010477657374000101019aa23825a00002', x'd4b0ccce04bea8c6cec4c6010f00', 'West laptop', 'ML', x'e7034df38bd286cd914316ada9c615a9', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIN2PE0eJalNut84nwUodFgVUdggU9emT1NTWOa+cHqTn', 'key-accounts
west', '2025-11-20T17:02:00Z', 'live');
INSERT INTO "o_workspace" VALUES (1, x'019aa2356680786a88ee82ce2338dff2', 1, 0, 0, x'010d010201019aa23566800000', x'5e775e379665531404b2a8cacca8b8be04b8c2cccecad0c0b0c2cecc011c00', '泛帆仪表 Farsail Instruments', 'CNY');
INSERT INTO search (rowid, text) VALUES (5497558138881, '兰州辰帆调味品股份有限公司
C000001
0931-5553 7669
093155537669
info@chenfan-food.example
https://www.chenfan-food.example
科创一路203号
兰州
甘肃省
中国
扩产中
厂区管理严格，进门要提前一天报备，需穿防静电服。
');
INSERT INTO search (rowid, text) VALUES (5497558138882, '蔡晓梅
C000003
028-5553 4605
02855534605
hello@xiaomei.cai.example
滨河东路123号
成都
四川省
中国
年度框架
集团统一招标，子公司只有推荐权。
');
INSERT INTO search (rowid, text) VALUES (5497558138883, '等候
021-5555-0100
02155550100
成都
');
INSERT INTO search (rowid, text) VALUES (30786325577729, '宋洋
总工程师
199 5556 4106
19955564106
yang.song@chenfan-food.example
');
INSERT INTO search (rowid, text) VALUES (30786325577730, '曹磊
财务主管
169 5551 0448
16955510448
lei.cao@chenfan-food.example
');
INSERT INTO search (rowid, text) VALUES (38482906972161, '数据采集网关 7 台
');
INSERT INTO search (rowid, text) VALUES (39582418599937, '卫生型压力变送器 Hygienic pressure transmitter
PT-330
pressure
');
INSERT INTO search (rowid, text) VALUES (39582418599938, '音叉液位开关 Tuning-fork level switch
LT-320
level
');
INSERT INTO search (rowid, text) VALUES (39582418599939, '远程监控套件 Remote monitoring kit
CS-320
control
');
INSERT INTO search (rowid, text) VALUES (39582418599940, '一体化温度变送器 Integrated temperature transmitter
TT-100
temperature
');
INSERT INTO search (rowid, text) VALUES (39582418599941, '数据采集网关 Data acquisition gateway
CS-210
control
');
INSERT INTO search (rowid, text) VALUES (39582418599942, '溶解氧分析仪 Dissolved oxygen analyser
AN-220
analysis
');
INSERT INTO search (rowid, text) VALUES (39582418599943, '年度校准服务 Annual calibration service
SV-100
service
');
INSERT INTO search (rowid, text) VALUES (39582418599944, '压力变送器 Pressure transmitter
PT-110
pressure
');
INSERT INTO search (rowid, text) VALUES (39582418599945, '八回路控制器 Eight-loop controller
CS-100
control
');
INSERT INTO search (rowid, text) VALUES (39582418599946, '气动调节阀 DN100 Pneumatic control valve DN100
CV-210
valves
');
INSERT INTO search (rowid, text) VALUES (39582418599947, '科氏质量流量计 Coriolis mass flow meter
FM-510
flow
');
INSERT INTO search (rowid, text) VALUES (39582418599948, '快速切断阀 Quick shut-off valve
CV-320
valves
');
INSERT INTO search (rowid, text) VALUES (39582418599949, '电磁流量计 DN50 Electromagnetic flow meter DN50
FM-100
flow
');
INSERT INTO search (rowid, text) VALUES (39582418599950, '在线 pH 分析仪 Online pH analyser
AN-110
analysis
');
INSERT INTO search (rowid, text) VALUES (39582418599951, '现场调试服务（人日） On-site commissioning (per day)
SV-210
service
');
INSERT INTO search (rowid, text) VALUES (39582418599952, '多点热电偶 Multipoint thermocouple
TT-210
temperature
');
INSERT INTO search (rowid, text) VALUES (39582418599953, '雷达液位计 Radar level gauge
LT-100
level
');
INSERT INTO search (rowid, text) VALUES (39582418599954, '电磁流量计 DN200 Electromagnetic flow meter DN200
FM-200
flow
');
INSERT INTO search (rowid, text) VALUES (39582418599955, '余氯分析仪 Residual chlorine analyser
AN-330
analysis
');
INSERT INTO search (rowid, text) VALUES (39582418599956, '导波雷达液位计 Guided-wave radar level gauge
LT-210
level
');
INSERT INTO search (rowid, text) VALUES (39582418599957, '差压变送器 Differential pressure transmitter
PT-220
pressure
');
INSERT INTO search (rowid, text) VALUES (39582418599958, '涡街流量计 Vortex flow meter
FM-310
flow
');
INSERT INTO search (rowid, text) VALUES (39582418599959, '电动调节阀 DN50 Electric control valve DN50
CV-100
valves
');
INSERT INTO search (rowid, text) VALUES (39582418599960, '超声波流量计 Ultrasonic flow meter
FM-420
flow
');
INSERT INTO search (rowid, text) VALUES (48378511622145, '了解到采购流程
记录
金额超过十万要走集团招标，宋洋可以推荐短名单，最终由总部定。
');
INSERT INTO search (rowid, text) VALUES (48378511622146, '了解到采购流程
记录
金额超过十万要走集团招标，宋洋可以推荐短名单，最终由总部定。
');
INSERT INTO search (rowid, text) VALUES (48378511622147, '初次拜访，了解现场工况
有意向
在现场和宋洋聊了四十分钟，看了老设备的运行情况。对数据采集网关有兴趣，主要担心安装时要停产，答应先发一份安装方案。
');
INSERT INTO search (rowid, text) VALUES (58274116272129, 'Administrator
admin
');
INSERT INTO search (rowid, text) VALUES (58274116272130, '赵若曦
zhao
');
INSERT INTO search (rowid, text) VALUES (58274116272131, '王思远
wang
');
INSERT INTO search (rowid, text) VALUES (58274116272132, '李清扬
li
');
INSERT INTO search (rowid, text) VALUES (61572651155457, '总部 Head office
');
INSERT INTO search (rowid, text) VALUES (61572651155458, '西部销售部 Sales West
');
INSERT INTO search (rowid, text) VALUES (61572651155459, '华东销售部 Sales East
');
INSERT INTO search (rowid, text) VALUES (64871186038785, 'West
');
INSERT INTO search (rowid, text) VALUES (64871186038786, 'Key accounts
');
INSERT INTO search (rowid, text) VALUES (64871186038787, 'East
');
INSERT INTO search (rowid, text) VALUES (68169720922113, 'founder
');
INSERT INTO search (rowid, text) VALUES (68169720922114, 'Head office
');
INSERT INTO search (rowid, text) VALUES (68169720922115, 'East laptop
');
INSERT INTO search (rowid, text) VALUES (68169720922116, 'West laptop
');
