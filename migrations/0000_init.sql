CREATE TABLE `audit` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`portfolio_id` text NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`before` text,
	`after` text
) STRICT;
--> statement-breakpoint
CREATE INDEX `audit_by_portfolio` ON `audit` (`portfolio_id`,`id`);--> statement-breakpoint
CREATE TABLE `bars` (
	`symbol` text NOT NULL,
	`year` integer NOT NULL,
	`closes` text NOT NULL,
	PRIMARY KEY(`symbol`, `year`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `corporate_actions` (
	`symbol` text NOT NULL,
	`day` text NOT NULL,
	`kind` text NOT NULL,
	`numerator` integer,
	`denominator` integer,
	`amount` text,
	PRIMARY KEY(`symbol`, `day`, `kind`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `dead_letters` (
	`id` text PRIMARY KEY NOT NULL,
	`message` text NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `histories` (
	`symbol` text PRIMARY KEY NOT NULL,
	`from_day` text,
	`to_day` text,
	`fetched_at` integer,
	`reason` text,
	`retry_at` integer
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `idempotency` (
	`portfolio_id` text NOT NULL,
	`key` text NOT NULL,
	`answer` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`portfolio_id`, `key`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `imports` (
	`id` text PRIMARY KEY NOT NULL,
	`portfolio_id` text NOT NULL,
	`format` text NOT NULL,
	`accepted` integer NOT NULL,
	`duplicates` integer NOT NULL,
	`rejected` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`portfolio_id`) REFERENCES `portfolios`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `instruments` (
	`symbol` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`currency` text NOT NULL,
	`kind` text NOT NULL,
	`exchange` text NOT NULL,
	`time_zone` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `owners` (
	`id` text PRIMARY KEY NOT NULL,
	`created_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `portfolios` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`name` text NOT NULL,
	`description` text NOT NULL,
	`base_currency` text NOT NULL,
	`benchmarks` text NOT NULL,
	`cost_basis` text NOT NULL,
	`created_at` integer NOT NULL,
	`opened_at` integer NOT NULL,
	`watched_until` integer NOT NULL,
	`deleted_at` integer,
	FOREIGN KEY (`owner_id`) REFERENCES `owners`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `portfolios_by_owner` ON `portfolios` (`owner_id`);--> statement-breakpoint
CREATE TABLE `quotes` (
	`symbol` text PRIMARY KEY NOT NULL,
	`price` text NOT NULL,
	`currency` text NOT NULL,
	`previous_close` text,
	`at` integer NOT NULL,
	`fetched_at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `refreshes` (
	`portfolio_id` text NOT NULL,
	`generation` integer NOT NULL,
	`reason` text NOT NULL,
	`status` text NOT NULL,
	`done` integer NOT NULL,
	`total` integer NOT NULL,
	`failed` text NOT NULL,
	`started_at` integer NOT NULL,
	`finished_at` integer NOT NULL,
	PRIMARY KEY(`portfolio_id`, `generation`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `snapshots` (
	`portfolio_id` text PRIMARY KEY NOT NULL,
	`revision` integer NOT NULL,
	`snapshot` text NOT NULL,
	`chart` text NOT NULL,
	`computed_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `tracked` (
	`symbol` text NOT NULL,
	`portfolio_id` text NOT NULL,
	PRIMARY KEY(`portfolio_id`, `symbol`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `tracked_by_symbol` ON `tracked` (`symbol`);--> statement-breakpoint
CREATE TABLE `transactions` (
	`id` text PRIMARY KEY NOT NULL,
	`portfolio_id` text NOT NULL,
	`sequence` integer NOT NULL,
	`type` text NOT NULL,
	`symbol` text,
	`date` text NOT NULL,
	`shares` text,
	`price` text,
	`fee` text NOT NULL,
	`amount` text NOT NULL,
	`currency` text,
	`ratio` text,
	`note` text NOT NULL,
	`version` integer NOT NULL,
	`import_id` text,
	`row_key` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`portfolio_id`) REFERENCES `portfolios`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `transactions_by_row` ON `transactions` (`portfolio_id`,`row_key`);--> statement-breakpoint
CREATE INDEX `transactions_by_date` ON `transactions` (`portfolio_id`,`date`);