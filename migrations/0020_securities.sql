CREATE TABLE `known_securities` (
	`owner_id` text NOT NULL,
	`name` text NOT NULL,
	`symbol` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`owner_id`, `name`),
	FOREIGN KEY (`owner_id`) REFERENCES `owners`(`id`) ON UPDATE no action ON DELETE no action
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `security_searches` (
	`query` text PRIMARY KEY NOT NULL,
	`found` text NOT NULL,
	`at` integer NOT NULL
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `security_searches_by_age` ON `security_searches` (`at`);