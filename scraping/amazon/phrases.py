"""What Amazon writes beside the buy button, in the languages of its marketplaces.

Samples: "Sólo queda(n) 3 en stock." "Erhältlich bei diesen Anbietern."
"Per effettuare l'acquisto, seleziona Taglia"
"This item will be released on June 21, 2019. Pre-order now." "In stock on June 17, 2020. Order it now."
"""

import re


def _any(alternatives: str) -> re.Pattern[str]:
    """Compile alternatives, whatever their case."""
    return re.compile(alternatives, re.IGNORECASE)


PREORDER = _any(
    "pre-?order|will be released on|not yet been released|this title has not yet|vorbestell|"
    "erscheint am|wird am .{1,40} (?:veröffentlicht|erscheinen)|noch nicht erschienen|pré-?commande|"
    "précommander|sortira le|para[iîí]tra le|reserva(?:r|s)? (?:ahora|ya)|resérval|preventa|"
    r"se pondrá a la venta|saldrá (?:a la venta|el)|estará disponible (?:el|a partir del) \d|se (?:publicará|lanzará)|"
    "aún no (?:se )?ha (?:sido )?(?:salido|publicado|lanzado)|preordin|pre-?ordin|"
    "sarà disponibile (?:a partire )?d|verrà (?:rilasciato|pubblicato)|pré-?venda|será lançado|"
    "予約|発売予定|komt uit op|pre-?bestell|"
    "släpps den|förhandsbeställ|przedsprzedaż|ön sipariş"
)
BACKORDER = _any(
    r"temporarily out of stock\.? *order now|order (?:it )?now and we.{0,3}ll deliver|"
    r"in stock on \w+ \d|in stock on \d|(?:available|back in stock) (?:on \w+ \d|soon)|"
    r"temporalmente sin (?:stock|existencias)|(?:en|de nuevo en) stock el \d|"
    r"haz tu pedido (?:ahora )?y (?:te lo )?enviaremos|disponible el \d|"
    r"temporaneamente non disponibile\.? *ordina|disponibile (?:dal|a partire dal|il) \d|"
    "ordina ora e consegneremo|disponibilità: dal|temporairement en rupture|"
    r"en stock (?:le|à partir du) \d|commandez(?: dès)? maintenant|bestellen sie jetzt und wir liefern|"
    r"(?:wieder )?(?:auf lager|vorrätig|verfügbar) ab(?: dem)? \d|ist ab dem \d.{0,30} wieder|"
    r"jetzt bestellen.{0,40}liefer|weer op voorraad op|op voorraad op \d|一時的に在庫切れ|入荷予定(?!は)|に入荷|"
    r"em estoque em \d|tillbaka i lager den"
)
UNAVAILABLE = _any(
    "currently unavailable|(?<!temporarily )out of stock|temporarily out of stock|"
    "(?:currently|is) not available|not available for (?:purchase|sale)|sold out|unavailable|"
    "no disponible|no está disponible|agotado|sin stock|sin existencias|"
    "non (?:è )?(?:attualmente |al momento )?disponibile|esaurito|indisponible|non disponible|"
    "rupture de stock|"
    "(?:derzeit|momentan|zurzeit|aktuell)? ?nicht (?:verfügbar|auf lager|vorrätig|lieferbar)|"
    "ausverkauft|niet (?:beschikbaar|verkrijgbaar|leverbaar|op voorraad)|inte tillgänglig|slut i lager|"
    "ej tillgänglig|niedostępn|indisponível|não (?:está )?disponível|esgotado|"
    "現在お取り扱いできません|在庫切れ|"
    "お取り扱いできません|mevcut değil|目前无货|缺货|无货|غير متوفر"
)
NO_FEATURED = _any(
    "available from these sellers|no featured offers? available|see all buying (?:options|choices)|"
    "disponible a través de est|disponible (?:en|de) estos vendedores|ver todas las opciones de compra|"
    "no hay ofertas destacadas|disponibile presso quest|"
    "(?:vedi|visualizza) tutte le (?:opzioni|offerte)|nessuna offerta in (?:primo piano|evidenza)|"
    "disponible (?:auprès de|chez) ces vendeurs|voir toutes? les? (?:options d.achat|offres)|"
    "aucune offre (?:vedette|mise en avant|en vedette)|erhältlich bei diesen anbietern|"
    "alle kauf(?:optionen|möglichkeiten)|keine (?:hervorgehobenen|empfohlenen) angebote|"
    "verkrijgbaar bij deze verkopers|alle koopopties|geen (?:uitgelichte|aanbevolen) aanbiedingen|"
    "tillgänglig (?:från|hos) dess|alla köpalternativ|inga utvalda erbjudanden|"
    r"dostępn\w+ u tych sprzedawców|wszystkie opcje zakupu|brak polecanych ofert|"
    "disponível (?:por|com|através d)e?st|ver todas as opções de compra|nenhuma oferta em destaque|"
    "これらの出品者|出品者からお求めいただけます|すべての購入オプション|"
    "おすすめ出品の要件を満たす出品はありません|tüm satın alma seçenekleri|"
    "bu satıcılardan temin"
)
SELECT = _any(
    "to buy, select|please select .{0,30} to (?:buy|see)|select (?:size|colou?r|style) (?:to|from)|"
    "para comprar,? (?:selecciona|elige|selecione)|"
    "para (?:realizar|efectuar) (?:la|una) compra,? selecciona|per effettuare l.acquisto,? seleziona|"
    "per acquistare,? seleziona|pour (?:effectuer un |un )?achat,? (?:veuillez )?sélection|"
    "pour acheter,? (?:veuillez )?(?:sélection|choisi)|"
    r"(?:zum|für den|um zu) kauf\w*,? (?:bitte )?(?:wählen|auswählen)|"
    "zum kaufen .{0,30}(?:wählen|auswählen)|selecteer .{0,40}om te kopen|om te kopen,? selecteer|"
    "att köpa,? välj|aby kupić,? wybierz|購入.{0,10}選択|を選択してください"
)
USED = _any(
    "^(?:buy|save with) used|^used:|^(?:comprar?|compra) (?:de )?(?:2ª mano|usado|segunda mano)|"
    "^ahorra con (?:de )?(?:2ª|segunda|usad)|^de (?:2ª|segunda) mano|^acquista usato|^usato|"
    "^risparmia con (?:usat|seconda)|^gebraucht|^spare mit gebraucht|^acheter d.occasion|^d.occasion|"
    "^économisez avec d.occasion|^tweedehands|^begagnad|^中古|condition: ?used|"
    "estado: ?(?:de )?(?:2ª mano|usado)|zustand: ?gebraucht|état: ?d.occasion|condizion[ei]: ?usato|"
    "used: ?(?:like new|very good|good|acceptable)|コンディション: ?中古"
)
# "This item cannot be shipped to your selected delivery location. Please choose a different delivery location."
NOT_SHIPPED = _any(
    r"can(?:no|')t (?:be )?(?:ship|deliver)\w*+(?! (?:by|before|to p\.?o)\b)|does ?n[o']t ship to|not deliverable to|"
    "no se puede enviar|no se env[ií]a a|no podemos enviar|no (?:puede|admite) (?:ser enviado|env[ií]os?)|"
    "non (?:può|è possibile) (?:essere )?sped|impossibile spedire|"
    "ne peut (?:pas )?être (?:livré|expédié|envoyé)|n.est pas (?:livrable|expédi)|"
    "kann nicht (?:an|nach|in) .{1,60}(?:geliefert|versandt|versendet|verschickt)|"
    "nicht (?:an|nach) .{1,40}(?:lieferbar|versandt)|kan niet (?:worden )?(?:verzonden|bezorgd|geleverd)|"
    "kan inte (?:skickas|levereras)|nie (?:można|może) .{0,20}wysła|não pode ser (?:enviado|entregue)|"
    "配送できません|お届けできません|لا يمكن شحن|gönderilemez|gönderilmiyor"
)
# "Prime Member Price", "This price is exclusively for Amazon Prime members.", "Prime Exklusivpreis".
# Delivery and cash back are "exclusively for Prime members" too: only words about the price tell whose price it is.
PRIME_PRICE = _any(
    "prime member price|exclusive prime (?:member )?price|prime.exclusive (?:price|deal)|"
    "price is (?:available )?exclusive(?:ly)? (?:for|to) (?:amazon )?prime|"
    "precio (?:es )?(?:exclusivo )?(?:para (?:los )?)?(?:miembros )?(?:de )?(?:amazon )?prime(?! day)|"
    "prezzo (?:è )?(?:esclusivo )?(?:per )?(?:i )?(?:(?:membri|clienti|iscritti) )?(?:amazon )?prime(?! day)|"
    "prix (?:est )?(?:exclusif |réservé )?(?:aux )?(?:membres )?(?:amazon )?prime(?! day)|"
    r"prime.(?:mitglieder.?|exklusiv.?)?preis|preis (?:ist |gilt )?exklusiv\w* für (?:amazon )?prime|"
    r"exklusiv\w* prime.preis|preço (?:é )?(?:exclusivo )?(?:para )?(?:membros )?(?:amazon )?prime(?! day)|"
    "(?:プライム|prime)会員(?:限定|特別)価格"
)
# "à vista no Pix", beside "ou R$ 319,00 em até 12x de R$ 26,62 sem juros"
INSTANT_PAYMENT = _any(r"à vista no pix|\bno pix\b|\bvia pix\b")
# "(Renewed)", "(Renewed Premium)" and "Amazon Renewed", but not "Renewed: A Novel".
RENEWED = _any(
    r"(?:\(|amazon |[-–] )renewed\b|"
    r"\b(?:refurbished|reacondicionad|ricondizionat|reconditionn|generalüberholt|wiederaufbereitet|recondicionad)"
)
DEAL = _any(
    "deal|oferta|offerta|angebot|vente flash|promotion|offre|aanbieding|erbjudande|oferta do dia|promoç|okazja|セール"
)
# What follows is no price but what the buyer saves: "EUR 10,88 Bespaar EUR 8,48", "Ahorras 3,00 €".
SAVINGS = _any(
    r"\b(?:bespaar|je bespaart|you save|save|ahorras?|ahorra|risparmi\w*|économisez|vous économisez|sie sparen|spare|"
    r"sparen sie|ersparnis|você economiza|economize|oszczędzasz|du sparar|spara)\b|割引"
)
# The second line of the location box is a button, not a place, when it says so.
UPDATE_PLACE = _any(
    "actualizar|elige tu|selecciona|update location|select your|choose your|aggiorna|scegli|"
    r"mettre à jour|choisi|saisi|aktualisieren|wähle?n?\b|bijwerken|selecteer|uppdatera|välj|"
    "zaktualizuj|aktualizuj|wybierz|atualizar|selecione|更新|変更|選択|güncelle|seçin|ingresa|تحديث|اختر|选择"
)
# How each marketplace writes "Deliver to": the place follows, or the words that make up the rest of the line.
PLACE_PREFIX = _any(
    "^(?:delivering|deliver|delivery|ship(?:ping)?|dispatch(?:ing)?) to:? |"
    "^(?:entrega|entregar|entregando|enviar|enviando|envío|envíos|envia) (?:en|a):? |"
    "^(?:in )?consegn[ae] (?:a|in):? |^(?:invi[ao]|spedizione|spedito) (?:a|in):? |"
    r"^(?:livraison|livré|expédi\w+|envoyer|livrer) (?:à|au|en|chez|vers):? |"
    "^(?:lieferung|liefern|lieferadresse|versand|lieferort)(?: (?:nach|an|in|zu))?:? |"
    "^(?:bezorg(?:en|ing|t)?|leveren|levering|verzenden|verzonden)(?: (?:in|naar|op|aan))?:? |"
    "^(?:leverans|leverera|levereras|skicka|skickas) (?:till|i):? |"
    r"^(?:dostawa|dostarcz\w*|wyślij|wysyłka) (?:do|w):? |"
    "^(?:a entrega será feita|entregar|entregando|enviar|enviando|envio|entrega)(?: (?:em|para|a|no|na))?:? |"
    "^(?:お届け先|配送先)[:：]? ?|^(?:teslimat(?: adresi| yeri)?|gönderim)[:：]? |"
    "^(?:配送至|送货至|寄送至)[:：]? ?|^(?:التوصيل|توصيل|يتم التوصيل) (?:إلى|الى)[:：]? |^(?:إلى|الى) "
)
# The end of "Algo nuevo en Madrid 28008": a name and a code with a digit in it.
ENDS_IN_POSTCODE = re.compile(
    r"(?:(?<= )[^\W\d_][^\s\d]* )?(?:\d[\d-]{2,8}|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|\d{4} [A-Z]{2})\W*$"
)
