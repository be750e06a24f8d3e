CREATE TABLE `track_record` (
	`portfolio_id` text NOT NULL,
	`number` integer NOT NULL,
	`day` text NOT NULL,
	`at` integer NOT NULL,
	`revision` integer NOT NULL,
	`twr_index` text,
	`trades` integer NOT NULL,
	`prompt` integer NOT NULL,
	`added` text NOT NULL,
	`removed` text NOT NULL,
	`ledger` text NOT NULL,
	`previous` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`portfolio_id`, `number`),
	FOREIGN KEY (`portfolio_id`) REFERENCES `portfolios`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `track_record_by_day` ON `track_record` (`portfolio_id`,`day`);