CREATE TABLE `broker_connections` (
	`portfolio_id` text NOT NULL,
	`broker` text NOT NULL,
	`account_id` text NOT NULL,
	`token` text NOT NULL,
	`query` text NOT NULL,
	`created_at` integer NOT NULL,
	`asked_at` integer,
	`outcome` text,
	PRIMARY KEY(`portfolio_id`, `broker`),
	FOREIGN KEY (`account_id`) REFERENCES `owners`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `broker_statements` (
	`id` text PRIMARY KEY NOT NULL,
	`portfolio_id` text NOT NULL,
	`broker` text NOT NULL,
	`received_at` integer NOT NULL,
	`hash` text NOT NULL,
	`gzip` text NOT NULL,
	`outcome` text NOT NULL,
	`is_open` integer NOT NULL,
	`rejected` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `broker_statements_by_portfolio` ON `broker_statements` (`portfolio_id`,`broker`,`received_at`);