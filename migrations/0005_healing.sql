CREATE TABLE `gaps` (
	`symbol` text PRIMARY KEY NOT NULL,
	`checked_at` integer,
	`lacking` text NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `quotes` ADD `held` text;