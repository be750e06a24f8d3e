CREATE TABLE `cron_claims` (
	`work` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`note` text NOT NULL
) STRICT, WITHOUT ROWID;
