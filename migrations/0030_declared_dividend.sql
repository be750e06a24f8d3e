ALTER TABLE `quotes` ADD `ex_day` text;--> statement-breakpoint
ALTER TABLE `quotes` ADD `dividend_rate` text;