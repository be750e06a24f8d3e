CREATE TABLE `counters` (
	`day` text NOT NULL,
	`name` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`day`, `name`)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `dead_letters` ADD `resent_at` integer;