-- SPDX-License-Identifier: GPL-3.0-or-later
-- A replica as the first version of the tables had it: the demo with three customers.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE device (number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE);
CREATE TABLE book (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, held INTEGER NOT NULL DEFAULT 0, open_bytes INTEGER NOT NULL DEFAULT 0);
CREATE TABLE name (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE vector (book INTEGER, device INTEGER, number INTEGER NOT NULL, saw BLOB, hlc INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (book, device)) WITHOUT ROWID;
CREATE TABLE saw (book INTEGER, device INTEGER, number INTEGER, seen_device INTEGER, seen_number INTEGER, PRIMARY KEY (book, device, number, seen_device)) WITHOUT ROWID;
CREATE TABLE partial (book INTEGER, device INTEGER, number INTEGER, groups_done INTEGER);
CREATE TABLE sealed (book INTEGER, number INTEGER, time_ms INTEGER, records INTEGER, text BLOB, commit_id TEXT, pushed INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (book, number));
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
CREATE VIRTUAL TABLE search USING fts5 (text, tokenize = 'satchel', detail = 'none');
CREATE TABLE o__unknown (row INTEGER PRIMARY KEY, uuid BLOB NOT NULL, book INTEGER NOT NULL, dead INTEGER NOT NULL, hidden INTEGER NOT NULL, stamps BLOB NOT NULL, object INTEGER NOT NULL, UNIQUE (object, uuid, book));
CREATE TABLE "o_customer" (row INTEGER PRIMARY KEY, uuid BLOB NOT NULL, book INTEGER NOT NULL, dead INTEGER NOT NULL DEFAULT 1, hidden INTEGER NOT NULL DEFAULT 1, stamps BLOB NOT NULL, sort BLOB, "f_name" TEXT, "f_kind" TEXT, "f_code" TEXT, "f_phone" TEXT, "f_email" TEXT, "f_website" TEXT, "f_address" TEXT, "f_postal_code" TEXT, "f_city" TEXT, "f_province" TEXT, "f_region" TEXT, "f_country" TEXT, "f_industry" TEXT, "f_size" TEXT, "f_source" TEXT, "f_level" TEXT, "f_owner" BLOB, "f_credit_limit" INTEGER, "f_credit_limit_cur" TEXT, "f_tags" TEXT, "f_last_activity" TEXT, "f_next_contact" TEXT, "f_notes" TEXT);
CREATE UNIQUE INDEX "i_customer_uuid" ON "o_customer" (uuid, book);
CREATE INDEX "i_customer_sort" ON "o_customer" (hidden, sort);
CREATE TABLE "o_contact" (row INTEGER PRIMARY KEY, uuid BLOB NOT NULL, book INTEGER NOT NULL, dead INTEGER NOT NULL DEFAULT 1, hidden INTEGER NOT NULL DEFAULT 1, stamps BLOB NOT NULL, sort BLOB, "f_name" TEXT, "f_customer" BLOB, "f_title" TEXT, "f_department" TEXT, "f_role" TEXT, "f_phone" TEXT, "f_mobile" TEXT, "f_email" TEXT, "f_wechat" TEXT, "f_birthday" TEXT, "f_tags" TEXT, "f_notes" TEXT);
CREATE UNIQUE INDEX "i_contact_uuid" ON "o_contact" (uuid, book);
CREATE INDEX "i_contact_sort" ON "o_contact" (hidden, sort);
CREATE INDEX "i_contact_customer" ON "o_contact" ("f_customer", dead) WHERE "f_customer" IS NOT NULL;
CREATE TABLE "o_deal" (row INTEGER PRIMARY KEY, uuid BLOB NOT NULL, book INTEGER NOT NULL, dead INTEGER NOT NULL DEFAULT 1, hidden INTEGER NOT NULL DEFAULT 1, stamps BLOB NOT NULL, sort BLOB, "f_name" TEXT, "f_customer" BLOB, "f_contact" BLOB, "f_amount" INTEGER, "f_amount_cur" TEXT, "f_stage" TEXT, "f_probability" INTEGER, "f_close_date" TEXT, "f_source" TEXT, "f_lost_reason" TEXT, "f_competitor" TEXT, "f_next_step" TEXT, "f_owner" BLOB, "f_tags" TEXT, "f_notes" TEXT);
CREATE UNIQUE INDEX "i_deal_uuid" ON "o_deal" (uuid, book);
CREATE INDEX "i_deal_sort" ON "o_deal" (hidden, sort);
CREATE INDEX "i_deal_customer" ON "o_deal" ("f_customer", dead) WHERE "f_customer" IS NOT NULL;
CREATE INDEX "i_deal_contact" ON "o_deal" ("f_contact") WHERE "f_contact" IS NOT NULL;
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
INSERT INTO "meta" VALUES ('author', '王思远');
INSERT INTO "meta" VALUES ('author_mail', 'wang@satchel.invalid');
INSERT INTO "meta" VALUES ('catalogue', 'e899052e412bb9bdb8ee77da66e08d68adb0f48178943fa1e561dfcfd68ed751');
INSERT INTO "meta" VALUES ('device', '9c006e08-ee72-8d8c-b773-ed1b884ebe36');
INSERT INTO "meta" VALUES ('hlc', '117649020026880000');
INSERT INTO "meta" VALUES ('hub', 'hub');
INSERT INTO "meta" VALUES ('last_sync', '1795177920000');
INSERT INTO "meta" VALUES ('rederive', '0');
INSERT INTO "meta" VALUES ('schema', '1');
INSERT INTO "meta" VALUES ('sorting', '153.120.42.0');
INSERT INTO "meta" VALUES ('user', '7a5506af-c2a8-8e44-a118-1b86212c121c');
INSERT INTO "meta" VALUES ('workspace', '019aa235-6680-7212-8a60-e3a5a49986a3');
INSERT INTO "device" VALUES (1, x'9c006e08ee728d8cb773ed1b884ebe36');
INSERT INTO "device" VALUES (2, x'2d9dfc24651b8c7282c1a5b94fced722');
INSERT INTO "device" VALUES (3, x'761a8b809c3a80968be19e2259de5aab');
INSERT INTO "device" VALUES (4, x'd6afc8b35c0e8f22ae3bdf3b61ed4bed');
INSERT INTO "book" VALUES (1, 'company', 1, 0);
INSERT INTO "book" VALUES (2, 'east', 1, 0);
INSERT INTO "book" VALUES (3, 'key-accounts', 1, 0);
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
INSERT INTO "name" VALUES (36, 'amount');
INSERT INTO "name" VALUES (37, 'stage');
INSERT INTO "name" VALUES (38, 'probability');
INSERT INTO "name" VALUES (39, 'close_date');
INSERT INTO "name" VALUES (40, 'lost_reason');
INSERT INTO "name" VALUES (41, 'competitor');
INSERT INTO "name" VALUES (42, 'next_step');
INSERT INTO "name" VALUES (43, 'activity');
INSERT INTO "name" VALUES (44, 'subject');
INSERT INTO "name" VALUES (45, 'time');
INSERT INTO "name" VALUES (46, 'outcome');
INSERT INTO "name" VALUES (47, 'product');
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
INSERT INTO "vector" VALUES (1, 1, 1, x'02010301', 115583102484480001);
INSERT INTO "vector" VALUES (1, 2, 2, x'0101020103010401', 115583130009600029);
INSERT INTO "vector" VALUES (1, 3, 1, NULL, 115583090688000000);
INSERT INTO "vector" VALUES (1, 4, 1, x'010102010301', 115583102484480002);
INSERT INTO "vector" VALUES (2, 1, 4, x'01030201', 117649020026880000);
INSERT INTO "vector" VALUES (2, 2, 1, x'0102', 117648681861120000);
INSERT INTO "saw" VALUES (1, 1, 1, 2, 1);
INSERT INTO "saw" VALUES (1, 1, 1, 3, 1);
INSERT INTO "saw" VALUES (1, 2, 1, 3, 1);
INSERT INTO "saw" VALUES (1, 2, 2, 1, 1);
INSERT INTO "saw" VALUES (1, 2, 2, 4, 1);
INSERT INTO "saw" VALUES (1, 4, 1, 1, 1);
INSERT INTO "saw" VALUES (1, 4, 1, 2, 1);
INSERT INTO "saw" VALUES (1, 4, 1, 3, 1);
INSERT INTO "saw" VALUES (2, 1, 4, 2, 1);
INSERT INTO "saw" VALUES (2, 2, 1, 1, 2);
INSERT INTO "sealed" VALUES (1, 1, 1763658060000, 2, NULL, '7be90b0eb6a608d14e772a53bf6d1e91cdac1aa9', 1);
INSERT INTO "sealed" VALUES (2, 1, 1792985672395, 4, NULL, 'ede59f5ba66a8b68318c38796f0e1a0a6b5a35e9', 1);
INSERT INTO "sealed" VALUES (2, 2, 1795140268109, 7, NULL, '5d36f8d72031b048400de41c5b1a4fce6674870a', 1);
INSERT INTO "sealed" VALUES (2, 3, 1795177920000, 2, NULL, '366c34fcafcb8d3426cdef3fca8d6c23fa0366db', 1);
INSERT INTO "sealed" VALUES (2, 4, 1795314788442, 1, x'7361746368656c206368616e67652d73657420310a626f6f6b20656173740a6465766963652039633030366530382d656537322d386438632d623737332d6564316238383465626533360a6e756d62657220340a736177206d6f72650a2032643964666332342d363531622d386337322d383263312d61356239346663656437323220310a617420323032362d31312d32305431333a33333a30302e3030305a0a6465616c2030316131643364652d356630342d373430622d616438352d3739636563373331343865640a2070726f626162696c6974793d35350a656e64203120310a', NULL, 0);
INSERT INTO "history" VALUES (53, 2, 31, NULL, 1, 2, 1, 115583102484480000, 0, 'sales');
INSERT INTO "history" VALUES (5, 1, 25, NULL, 2, 1, 1, 117432238233092096, 0, '2026-10-26T03:33:00Z');
INSERT INTO "history" VALUES (35, 1, 37, NULL, 2, 1, 1, 117432238233092096, 0, 'lead');
INSERT INTO "history" VALUES (35, 1, 38, NULL, 2, 1, 1, 117432238233092096, 0, '10');
INSERT INTO "history" VALUES (5, 1, 25, NULL, 2, 1, 2, 117556634826113024, 4, '2026-11-04T05:58:00Z');
INSERT INTO "history" VALUES (5, 1, 25, NULL, 2, 1, 2, 117556634826113024, 4, '2026-11-13T02:59:00Z');
INSERT INTO "history" VALUES (5, 1, 25, NULL, 2, 1, 2, 117556634826113024, 4, '2026-11-16T02:45:00Z');
INSERT INTO "history" VALUES (5, 1, 9, NULL, 2, 1, 1, 117432238233092096, 0, '0592-5551 0533');
INSERT INTO "history" VALUES (5, 1, 19, NULL, 2, 1, 1, 117432238233092096, 0, 's100');
INSERT INTO "history" VALUES (35, 1, 36, NULL, 2, 1, 1, 117432238233092096, 0, '32900.00 CNY');
INSERT INTO "history" VALUES (35, 2, 38, NULL, 2, 1, 2, 117556634826113024, 0, '10');
INSERT INTO "conflict" VALUES (5, 1, 9);
INSERT INTO "conflict" VALUES (35, 1, 36);
INSERT INTO "o_customer" VALUES (1, x'01a133ff9d1073ee918143ee6f8b0a5f', 2, 0, 0, x'010902010101a133ff9d1000000100020101a1f8d4d46000000100010301a1f8d3ea0000000908020101a1f8d4d46000000900010301a1f8d3ea0000000e303539322d353535302037373138001308010301a1f8d3ea00000018010ce5b9b4e5baa6e6a186e69eb600020101a1f8d4d4600000180109e689a9e4baa7e4b8ad00010301a1f8d3ea0000001908010201a1a522f3cd0000', x'843177d96473568271ed73385472579162505f369940907061cc873a011200', '厦门昊澄冷链仓储股份有限公司', 'company', 'C000001', '0592-5550 7781', 'info@haocheng-logistics.example', 'https://www.haocheng-logistics.example', '新园西路231号', NULL, '厦门', '福建省', 'east', '中国', 'logistics', 's500', 'partner', 'c', x'7a5506afc2a88e44a1181b86212c121c', NULL, NULL, '年度框架
扩产中', '2026-11-20T02:03:00Z', NULL, '习惯月底对账，发票一定要在二十五号之前寄到。');
INSERT INTO "o_contact" VALUES (1, x'01a134025c307449ac0db9a4cdb7766e', 2, 0, 0, x'010d02010101a133ff9d100000', x'8a53725f91e6010700', '田立新', x'01a133ff9d1073ee918143ee6f8b0a5f', '采购主管', NULL, 'buyer', NULL, '179 5554 0973', 'lixin.tian@haocheng-logistics.example', NULL, NULL, NULL, NULL);
INSERT INTO "o_deal" VALUES (1, x'01a15d08396d769d8f844bf7f0b59d8c', 2, 0, 0, x'010902010101a133ff9d1000000100020101a1f8da52a000000100010301a1f8d9684000002408020101a1f8da52a000002400010301a1f8d9684000000c33303732302e303020434e59002508010201a1a522f3cd00002608010201a1a522f3cd00002a08020101a1f8da52a00000', x'9bbd906e04c6b6045ef98eb39665041d0488e2011100', '在线 pH 分析仪 5 台', x'01a133ff9d1073ee918143ee6f8b0a5f', NULL, 292800000, 'CNY', 'talk', 200000, '2026-12-11', 'repeat', NULL, NULL, '请法务看付款条款', x'7a5506afc2a88e44a1181b86212c121c', NULL, NULL);
INSERT INTO "o_deal" VALUES (2, x'01a1d3de5f04740bad8579cec73148ed', 2, 0, 0, x'010902010201a1a522f3cd00000100010401a1f9290ee000002608010401a1f9290ee00000', x'9ae65675698b6f3e89d06a09041f0488e2010e00', '远程监控套件 6 台', x'01a133ff9d1073ee918143ee6f8b0a5f', NULL, 2119000000, 'CNY', 'lead', 550000, '2026-12-18', 'repeat', NULL, NULL, NULL, x'7a5506afc2a88e44a1181b86212c121c', NULL, NULL);
INSERT INTO "o_activity" VALUES (1, x'01a17645406b787b87ae79a4113ec34f', 2, 0, 0, x'010d02010101a133ff9d100000', x'5b65663871986b8092a58128010a00', '电话了解需求', 'call', x'01a133ff9d1073ee918143ee6f8b0a5f', x'01a134025c307449ac0db9a4cdb7766e', x'01a15d08396d769d8f844bf7f0b59d8c', '2026-10-26T03:33:00Z', '有意向', x'7a5506afc2a88e44a1181b86212c121c', '田立新说今年有改造计划，大约需要5台在线 pH 分析仪，预算还没批下来，约好月底再联系。');
INSERT INTO "o_activity" VALUES (2, x'01a1a522f3cd7950a7a8c67323245764', 2, 0, 0, x'010d02010201a1a522f3cd0000', x'9b025bfc8fd3588b50f75ea0010a00', '约定下次拜访', 'mail', x'01a133ff9d1073ee918143ee6f8b0a5f', x'01a134025c307449ac0db9a4cdb7766e', x'01a15d08396d769d8f844bf7f0b59d8c', '2026-11-04T05:58:00Z', '已约', x'7a5506afc2a88e44a1181b86212c121c', '给田立新发邮件，约下周三上午到厂里，对方会请工艺工程师一起参加。');
INSERT INTO "o_activity" VALUES (3, x'01a1d2d8adf57c32883ebdab55e93056', 2, 0, 0, x'010d02010201a1a522f3cd0000', x'71986b805a865439621774845675010b00', '了解到采购流程', 'note', x'01a133ff9d1073ee918143ee6f8b0a5f', x'01a134025c307449ac0db9a4cdb7766e', x'01a15d08396d769d8f844bf7f0b59d8c', '2026-11-13T02:59:00Z', '记录', x'7a5506afc2a88e44a1181b86212c121c', '金额超过十万要走集团招标，田立新可以推荐短名单，最终由总部定。');
INSERT INTO "o_activity" VALUES (4, x'01a1e23ebb4f78b3be287e3e359d8208', 2, 0, 0, x'010d02010201a1a522f3cd0000', x'9b025bfc8fd3588b50f75ea0010a00', '约定下次拜访', 'mail', x'01a133ff9d1073ee918143ee6f8b0a5f', x'01a134025c307449ac0db9a4cdb7766e', x'01a15d08396d769d8f844bf7f0b59d8c', '2026-11-16T02:45:00Z', '已约', x'7a5506afc2a88e44a1181b86212c121c', '给田立新发邮件，约下周一上午到厂里，对方会请工艺工程师一起参加。');
INSERT INTO "o_activity" VALUES (5, x'01a1f6b1c5ed7bbab1f73ce2a6ed800e', 2, 0, 0, x'010d02010201a1a522f3cd0000', x'5e1487b3553f7d93a10b73a6649f95fc68155314010e00', '发送产品资料和业绩表', 'mail', x'01a133ff9d1073ee918143ee6f8b0a5f', x'01a134025c307449ac0db9a4cdb7766e', x'01a1d3de5f04740bad8579cec73148ed', '2026-11-20T02:03:00Z', '已发送', x'7a5506afc2a88e44a1181b86212c121c', '把远程监控套件的选型手册和同行业的业绩表发给了田立新，请对方确认介质和量程。');
INSERT INTO "o_product" VALUES (1, x'019aa23e8e40709198c2857aca3f7ec7', 1, 0, 0, x'010d010202019aa23e8e400011', x'963a8a2566338d8c5cab52d087b37efc04b8c2ceb0b4caa8ceb0ae04ceb0c0c6b0caa8ced0cab004cecaa8c2ccc0b8ceceb0ca01250e00', '一体化温度变送器 Integrated temperature transmitter', 'TT-100', 'temperature', 7600000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (2, x'019aa23e8e4070e2a600a4c62c9d5d15', 1, 0, 0, x'010d010202019aa23e8e40000a', x'6ece86029ed3736a7484736a68c204acc4cab8c4beb8cc04c0a8cccc04b2bec4d404c0b0ceb0ca012400', '科氏质量流量计 Coriolis mass flow meter', 'FM-510', 'flow', 586000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (3, x'019aa23e8e40715095522544cceb15cc', 1, 0, 0, x'010d010202019aa23e8e400014', x'7eda5c335b9e6b3c5e2204aec215131304c6c2b0d0c0a8ceb8ac04acc4c2cecac4be04d2a8bed2b004aec215131301250c00', '气动调节阀 DN100 Pneumatic control valve DN100', 'CV-210', 'valves', 176000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (4, x'019aa23e8e407213a2855ca61d731957', 1, 0, 0, x'010d010202019aa23e8e400009', x'55b6857353907484736a68c204d0bececaa8ccc4c2b8ac04b2bec4d404c0b0ceb0ca012000', '超声波流量计 Ultrasonic flow meter', 'FM-420', 'flow', 238000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (5, x'019aa23e8e4074a8b78f218d1b4b0544', 1, 0, 0, x'010d010202019aa23e8e40001a', x'86d26d58543968848cae62ba04aea8cea804a8acc8d0b8ccb8ceb8c4c204b4a8ceb0d4a8d8012300', '数据采集网关 Data acquisition gateway', 'CS-210', 'control', 46000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (6, x'019aa23e8e4074b6944f704808be4780', 1, 0, 0, x'010d010202019aa23e8e40001c', x'7abf5cab914da0b55fda8e7204a8c2c2d0a8be04aca8beb8aacaa8ceb8c4c204ccb0cad2b8acb0012500', '年度校准服务 Annual calibration service', 'SV-100', 'service', 120000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (7, x'019aa23e8e407514be1e7a19cbebe037', 1, 0, 0, x'010d010202019aa23e8e40000e', x'719c5978960f8d5868c204caa8aea8ca04beb0d2b0be04b4a8d0b4b0011b00', '雷达液位计 Radar level gauge', 'LT-100', 'level', 119000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (8, x'019aa23e8e40760eb2bd07269d1e4f8b', 1, 0, 0, x'010d010202019aa23e8e400018', x'9984760b5ef98eb3966504cab0ccb8aed0a8be04acb6bec4cab8c2b004a8c2a8bed8ccb0ca012400', '余氯分析仪 Residual chlorine analyser', 'AN-330', 'analysis', 132000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (9, x'019aa23e8e40763fb259ad98d12f19b0', 1, 0, 0, x'010d010202019aa23e8e40001b', x'9ae65675698b6f3e89d06a0904cab0c0c4ceb004c0c4c2b8cec4cab8c2b404bcb8ce012000', '远程监控套件 Remote monitoring kit', 'CS-320', 'control', 368000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (10, x'019aa23e8e40764dad6b194f2ca2d75e', 1, 0, 0, x'010d010202019aa23e8e40000c', x'54f093e552d087b37efc04aeb8b2b2b0cab0c2ceb8a8be04c6cab0ccccd0cab004cecaa8c2ccc0b8ceceb0ca01250a00', '差压变送器 Differential pressure transmitter', 'PT-220', 'pressure', 29500000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (11, x'019aa23e8e4076648d79f609efbef116', 1, 0, 0, x'010d010202019aa23e8e400008', x'8de86b2f7484736a68c204d2c4caceb0d604b2bec4d404c0b0ceb0ca011b00', '涡街流量计 Vortex flow meter', 'FM-310', 'flow', 92000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (12, x'019aa23e8e4077438e4c8b2ea4dd5891', 1, 0, 0, x'010d010202019aa23e8e400012', x'5d195b5982745b657bd704c0d0beceb8c6c4b8c2ce04ceb6b0cac0c4acc4d0c6beb0012100', '多点热电偶 Multipoint thermocouple', 'TT-210', 'temperature', 53000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (13, x'019aa23e8e407836812d3264edfd156c', 1, 0, 0, x'010d010202019aa23e8e40001d', x'906d55975b9e86165fda8e720992827682b8099404c4c2050eccb8ceb004acc4c0c0b8ccccb8c4c2b8c2b4040992c6b0ca04aea8d8099401250d00', '现场调试服务（人日） On-site commissioning (per day)', 'SV-210', 'service', 28000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (14, x'019aa23e8e4078449df6e45d8b592d87', 1, 0, 0, x'010d010202019aa23e8e400015', x'6f8a87f580415cbf5e2204c8d0b8acbc04ccb6d0ce050ec4b2b204d2a8bed2b0011e00', '快速切断阀 Quick shut-off valve', 'CV-320', 'valves', 124000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (15, x'019aa23e8e40794db646cd12b345aa0d', 1, 0, 0, x'010d010202019aa23e8e400017', x'82d36b8095575ef98eb3966504aeb8ccccc4bed2b0ae04c4d6d8b4b0c204a8c2a8bed8ccb0ca012400', '溶解氧分析仪 Dissolved oxygen analyser', 'AN-220', 'analysis', 98000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (16, x'019aa23e8e40798d8294d152f11cc1ab', 1, 0, 0, x'010d010202019aa23e8e400007', x'5b6558757484736a68c204aec217131304b0beb0accecac4c0a8b4c2b0ceb8ac04b2bec4d404c0b0ceb0ca04aec217131301250f00', '电磁流量计 DN200 Electromagnetic flow meter DN200', 'FM-200', 'flow', 145000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (17, x'019aa23e8e407a1fbda2547ee9d41aa1', 1, 0, 0, x'010d010202019aa23e8e40000f', x'5a735390719c5978960f8d5868c204b4d0b8aeb0ae050ed4a8d2b004caa8aea8ca04beb0d2b0be04b4a8d0b4b001250800', '导波雷达液位计 Guided-wave radar level gauge', 'LT-210', 'level', 164000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (18, x'019aa23e8e407b62bb78e801a6098028', 1, 0, 0, x'010d010202019aa23e8e400006', x'5b6558757484736a68c204aec21d1304b0beb0accecac4c0a8b4c2b0ceb8ac04b2bec4d404c0b0ceb0ca04aec21d1301250d00', '电磁流量计 DN50 Electromagnetic flow meter DN50', 'FM-100', 'flow', 68000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (19, x'019aa23e8e407b7b84b59c70be5a493b', 1, 0, 0, x'010d010202019aa23e8e400013', x'5b655c335b9e6b3c5e2204aec21d1304b0beb0accecab8ac04acc4c2cecac4be04d2a8bed2b004aec21d1301250900', '电动调节阀 DN50 Electric control valve DN50', 'CV-100', 'valves', 89000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (20, x'019aa23e8e407bac9085d3e121287613', 1, 0, 0, x'010d010202019aa23e8e40000d', x'8d558570921f93e5725b52d087b37efc04b6d8b4b8b0c2b8ac04c6cab0ccccd0cab004cecaa8c2ccc0b8ceceb0ca01250900', '卫生型压力变送器 Hygienic pressure transmitter', 'PT-330', 'pressure', 42800000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (21, x'019aa23e8e407bbdadc85f5e961c8672', 1, 0, 0, x'010d010202019aa23e8e400010', x'97b254c7960f8d586e5762ba04ced0c2b8c2b4050eb2c4cabc04beb0d2b0be04ccd4b8ceacb6012300', '音叉液位开关 Tuning-fork level switch', 'LT-320', 'level', 9800000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (22, x'019aa23e8e407ccaa394ac875e26b331', 1, 0, 0, x'010d010202019aa23e8e40000b', x'93e5725b52d087b37efc04c6cab0ccccd0cab004cecaa8c2ccc0b8ceceb0ca011e00', '压力变送器 Pressure transmitter', 'PT-110', 'pressure', 16800000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (23, x'019aa23e8e407d3ca4e1407b3311ac48', 1, 0, 0, x'010d010202019aa23e8e400019', x'50a2672875ae6f3e9ecc7efc04b0b8b4b6ce050ebec4c4c604acc4c2cecac4bebeb0ca012000', '八回路控制器 Eight-loop controller', 'CS-100', 'control', 215000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_product" VALUES (24, x'019aa23e8e407fefac3d69a674d303ca', 1, 0, 0, x'010d010202019aa23e8e400016', x'9bbd906e04c6b6045ef98eb3966504c4c2beb8c2b004c6b604a8c2a8bed8ccb0ca012000', '在线 pH 分析仪 Online pH analyser', 'AN-110', 'analysis', 74000000, 'CNY', NULL, 1, NULL);
INSERT INTO "o_user" VALUES (1, x'6ffc3de45ad98219998c7f2ab2ec8f2e', 1, 0, 0, x'010d010301019aa23566800000', x'a8aec0b8c2b8cccecaa8cec4ca011100', 'Administrator', 'admin', NULL, NULL, 'admin', NULL, NULL, NULL);
INSERT INTO "o_user" VALUES (2, x'0b87dec2765e875e841e7900ca4cada9', 1, 0, 0, x'0109010201019aa23825a0000001000202019aa23e8e4000051f080202019aa23e8e40000538080202019aa23e8e400005', x'9d5f836f8f23010700', '赵若曦', 'zhao', NULL, NULL, 'manager', NULL, x'019aa23e8e407d2aba0fd8744f03a696', NULL);
INSERT INTO "o_user" VALUES (3, x'7a5506afc2a88e44a1181b86212c121c', 1, 0, 0, x'0109010101019aa23825a0000101000202019aa23e8e40000137080202019aa23e8e40000138080202019aa23e8e400001', x'8ca887409ae6010700', '王思远', 'wang', NULL, NULL, 'sales', x'0b87dec2765e875e841e7900ca4cada9', x'019aa23e8e407679a7da81b10e39b1f7', NULL);
INSERT INTO "o_user" VALUES (4, x'04245f12653f8348b94ba6e5c70eef68', 1, 0, 0, x'0109010401019aa23825a0000201000202019aa23e8e40000337080202019aa23e8e40000338080202019aa23e8e400003', x'724080b39527010700', '李清扬', 'li', NULL, NULL, 'sales', x'0b87dec2765e875e841e7900ca4cada9', x'019aa23e8e40766aae86f9935ff1fa93', NULL);
INSERT INTO "o_team" VALUES (1, x'019aa23e8e40766aae86f9935ff1fa93', 1, 0, 0, x'010d010202019aa23e8e400002', x'8ead541d910f8666541d04cca8beb0cc04d4b0ccce011400', '西部销售部 Sales West', NULL, NULL, NULL);
INSERT INTO "o_team" VALUES (2, x'019aa23e8e407679a7da81b10e39b1f7', 1, 0, 0, x'010d010202019aa23e8e400000', x'66205c13910f8666541d04cca8beb0cc04b0a8ccce011400', '华东销售部 Sales East', NULL, NULL, NULL);
INSERT INTO "o_team" VALUES (3, x'019aa23e8e407d2aba0fd8744f03a696', 1, 0, 0, x'010d010202019aa23e8e400004', x'a186541d04b6b0a8ae04c4b2b2b8acb0011200', '总部 Head office', NULL, NULL, NULL);
INSERT INTO "o_book" VALUES (1, x'011a87f1625b8c2c97021c51d2c5a693', 1, 0, 0, x'010d010301019aa23566800000', x'b0a8ccce010800', 'East', 'east', NULL);
INSERT INTO "o_book" VALUES (2, x'233683d5a0d189559079c4768bee5034', 1, 0, 0, x'010d010301019aa23566800000', x'bcb0d804a8acacc4d0c2cecc011000', 'Key accounts', 'key-accounts', NULL);
INSERT INTO "o_book" VALUES (3, x'73308970872b86b2969e1039f1c4bdd5', 1, 0, 0, x'010d010301019aa23566800000', x'd4b0ccce010800', 'West', 'west', NULL);
INSERT INTO "o_device" VALUES (1, x'761a8b809c3a80968be19e2259de5aab', 1, 0, 0, x'010d010301019aa23566800000', x'b2c4d0c2aeb0ca010b00', 'founder', 'QU', x'6ffc3de45ad98219998c7f2ab2ec8f2e', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHuTHHit/MA1G6QW5XcgqkYsLWvfOXDJortTGuZGb8Fy', NULL, '2025-11-20T17:00:00Z', 'retired');
INSERT INTO "o_device" VALUES (2, x'2d9dfc24651b8c7282c1a5b94fced722', 1, 0, 0, x'010d010201019aa23825a000003f010465617374000201019aa23825a000003f010c6b65792d6163636f756e7473000201019aa23825a000003f010477657374000201019aa23825a00000', x'b6b0a8ae04c4b2b2b8acb0010f00', 'Head office', 'FX', x'0b87dec2765e875e841e7900ca4cada9', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHKLjVULxbBAp609cgtS0k9cWbyRu4CiE7R+2RNMrEfa', 'east
key-accounts
west', '2025-11-20T17:03:00Z', 'live');
INSERT INTO "o_device" VALUES (3, x'9c006e08ee728d8cb773ed1b884ebe36', 1, 0, 0, x'010d010101019aa23825a000013f010465617374000101019aa23825a000013f010c6b65792d6163636f756e7473000101019aa23825a00001', x'b0a8ccce04bea8c6cec4c6010f00', 'East laptop', 'W2', x'7a5506afc2a88e44a1181b86212c121c', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJcNueXJsjBD/IP6rY8hviVDAbzDZmL3OyPGzeSY8LB2', 'east
key-accounts', '2025-11-20T17:01:00Z', 'live');
INSERT INTO "o_device" VALUES (4, x'd6afc8b35c0e8f22ae3bdf3b61ed4bed', 1, 0, 0, x'010d010401019aa23825a000023f010c6b65792d6163636f756e7473000401019aa23825a000023f010477657374000401019aa23825a00002', x'd4b0ccce04bea8c6cec4c6010f00', 'West laptop', 'QH', x'04245f12653f8348b94ba6e5c70eef68', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK6xP57E4qWkx8MmbudZ7MxH7EsgqlLkX6PE70VmloGQ', 'key-accounts
west', '2025-11-20T17:02:00Z', 'live');
INSERT INTO "o_workspace" VALUES (1, x'019aa235668072128a60e3a5a49986a3', 1, 0, 0, x'010d010301019aa23566800000', x'5e775e379665531404b2a8cacca8b8be04b8c2cccecad0c0b0c2cecc011c00', '泛帆仪表 Farsail Instruments', 'CNY');
INSERT INTO search (rowid, text) VALUES (5497558138881, '厦门昊澄冷链仓储股份有限公司
C000001
0592-5550 7781
059255507781
info@haocheng-logistics.example
https://www.haocheng-logistics.example
新园西路231号
厦门
福建省
中国
年度框架
扩产中
习惯月底对账，发票一定要在二十五号之前寄到。
');
INSERT INTO search (rowid, text) VALUES (30786325577729, '田立新
采购主管
179 5554 0973
17955540973
lixin.tian@haocheng-logistics.example
');
INSERT INTO search (rowid, text) VALUES (38482906972161, '在线 pH 分析仪 5 台
请法务看付款条款
');
INSERT INTO search (rowid, text) VALUES (38482906972162, '远程监控套件 6 台
');
INSERT INTO search (rowid, text) VALUES (47278999994369, '电话了解需求
有意向
田立新说今年有改造计划，大约需要5台在线 pH 分析仪，预算还没批下来，约好月底再联系。
');
INSERT INTO search (rowid, text) VALUES (47278999994370, '约定下次拜访
已约
给田立新发邮件，约下周三上午到厂里，对方会请工艺工程师一起参加。
');
INSERT INTO search (rowid, text) VALUES (47278999994371, '了解到采购流程
记录
金额超过十万要走集团招标，田立新可以推荐短名单，最终由总部定。
');
INSERT INTO search (rowid, text) VALUES (47278999994372, '约定下次拜访
已约
给田立新发邮件，约下周一上午到厂里，对方会请工艺工程师一起参加。
');
INSERT INTO search (rowid, text) VALUES (47278999994373, '发送产品资料和业绩表
已发送
把远程监控套件的选型手册和同行业的业绩表发给了田立新，请对方确认介质和量程。
');
INSERT INTO search (rowid, text) VALUES (51677046505473, '一体化温度变送器 Integrated temperature transmitter
TT-100
temperature
');
INSERT INTO search (rowid, text) VALUES (51677046505474, '科氏质量流量计 Coriolis mass flow meter
FM-510
flow
');
INSERT INTO search (rowid, text) VALUES (51677046505475, '气动调节阀 DN100 Pneumatic control valve DN100
CV-210
valves
');
INSERT INTO search (rowid, text) VALUES (51677046505476, '超声波流量计 Ultrasonic flow meter
FM-420
flow
');
INSERT INTO search (rowid, text) VALUES (51677046505477, '数据采集网关 Data acquisition gateway
CS-210
control
');
INSERT INTO search (rowid, text) VALUES (51677046505478, '年度校准服务 Annual calibration service
SV-100
service
');
INSERT INTO search (rowid, text) VALUES (51677046505479, '雷达液位计 Radar level gauge
LT-100
level
');
INSERT INTO search (rowid, text) VALUES (51677046505480, '余氯分析仪 Residual chlorine analyser
AN-330
analysis
');
INSERT INTO search (rowid, text) VALUES (51677046505481, '远程监控套件 Remote monitoring kit
CS-320
control
');
INSERT INTO search (rowid, text) VALUES (51677046505482, '差压变送器 Differential pressure transmitter
PT-220
pressure
');
INSERT INTO search (rowid, text) VALUES (51677046505483, '涡街流量计 Vortex flow meter
FM-310
flow
');
INSERT INTO search (rowid, text) VALUES (51677046505484, '多点热电偶 Multipoint thermocouple
TT-210
temperature
');
INSERT INTO search (rowid, text) VALUES (51677046505485, '现场调试服务（人日） On-site commissioning (per day)
SV-210
service
');
INSERT INTO search (rowid, text) VALUES (51677046505486, '快速切断阀 Quick shut-off valve
CV-320
valves
');
INSERT INTO search (rowid, text) VALUES (51677046505487, '溶解氧分析仪 Dissolved oxygen analyser
AN-220
analysis
');
INSERT INTO search (rowid, text) VALUES (51677046505488, '电磁流量计 DN200 Electromagnetic flow meter DN200
FM-200
flow
');
INSERT INTO search (rowid, text) VALUES (51677046505489, '导波雷达液位计 Guided-wave radar level gauge
LT-210
level
');
INSERT INTO search (rowid, text) VALUES (51677046505490, '电磁流量计 DN50 Electromagnetic flow meter DN50
FM-100
flow
');
INSERT INTO search (rowid, text) VALUES (51677046505491, '电动调节阀 DN50 Electric control valve DN50
CV-100
valves
');
INSERT INTO search (rowid, text) VALUES (51677046505492, '卫生型压力变送器 Hygienic pressure transmitter
PT-330
pressure
');
INSERT INTO search (rowid, text) VALUES (51677046505493, '音叉液位开关 Tuning-fork level switch
LT-320
level
');
INSERT INTO search (rowid, text) VALUES (51677046505494, '压力变送器 Pressure transmitter
PT-110
pressure
');
INSERT INTO search (rowid, text) VALUES (51677046505495, '八回路控制器 Eight-loop controller
CS-100
control
');
INSERT INTO search (rowid, text) VALUES (51677046505496, '在线 pH 分析仪 Online pH analyser
AN-110
analysis
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
INSERT INTO search (rowid, text) VALUES (61572651155457, '西部销售部 Sales West
');
INSERT INTO search (rowid, text) VALUES (61572651155458, '华东销售部 Sales East
');
INSERT INTO search (rowid, text) VALUES (61572651155459, '总部 Head office
');
INSERT INTO search (rowid, text) VALUES (64871186038785, 'East
');
INSERT INTO search (rowid, text) VALUES (64871186038786, 'Key accounts
');
INSERT INTO search (rowid, text) VALUES (64871186038787, 'West
');
INSERT INTO search (rowid, text) VALUES (68169720922113, 'founder
');
INSERT INTO search (rowid, text) VALUES (68169720922114, 'Head office
');
INSERT INTO search (rowid, text) VALUES (68169720922115, 'East laptop
');
INSERT INTO search (rowid, text) VALUES (68169720922116, 'West laptop
');
