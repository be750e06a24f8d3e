CREATE TABLE `alerts` (
	`id` text PRIMARY KEY NOT NULL,
	`portfolio_id` text NOT NULL,
	`account_id` text NOT NULL,
	`kind` text NOT NULL,
	`subject` text,
	`level` text,
	`set_on` text NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`told_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `owners`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `alerts_by_portfolio` ON `alerts` (`portfolio_id`,`account_id`);--> statement-breakpoint
CREATE TABLE `digests` (
	`portfolio_id` text NOT NULL,
	`account_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`told_for` text,
	PRIMARY KEY(`portfolio_id`, `account_id`),
	FOREIGN KEY (`account_id`) REFERENCES `owners`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
