ALTER TABLE `transactions` ADD `units` text;--> statement-breakpoint
ALTER TABLE `transactions` ADD `listing_currency` text;