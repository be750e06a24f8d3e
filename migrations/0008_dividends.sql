ALTER TABLE `portfolios` ADD `dividends` text DEFAULT 'recorded' NOT NULL;--> statement-breakpoint
ALTER TABLE `portfolios` ADD `withholding` text;--> statement-breakpoint
ALTER TABLE `portfolios` ADD `dismissed_dividends` text DEFAULT '[]' NOT NULL;