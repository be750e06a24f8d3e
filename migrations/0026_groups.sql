CREATE TABLE `group_members` (
	`group_id` text NOT NULL,
	`portfolio_id` text NOT NULL,
	PRIMARY KEY(`group_id`, `portfolio_id`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `group_members_by_portfolio` ON `group_members` (`portfolio_id`);--> statement-breakpoint
CREATE TABLE `headlines` (
	`portfolio_id` text PRIMARY KEY NOT NULL,
	`headline` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `portfolios` ADD `kind` text;--> statement-breakpoint
CREATE UNIQUE INDEX `portfolios_that_are_all` ON `portfolios` (`owner_id`) WHERE kind = 'all';