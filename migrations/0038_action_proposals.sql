ALTER TABLE `histories` ADD `listed_as` text;--> statement-breakpoint
ALTER TABLE `portfolios` ADD `dismissed_actions` text DEFAULT '[]' NOT NULL;