"""The methods of the Bot API that the simulator knows, by their names in small letters."""

from collections.abc import Callable

from bot.simulator.methods import (
    chats,
    copying,
    editing,
    files,
    media,
    messages,
    pins,
    profile,
    updates,
    webhook,
)
from bot.simulator.methods.query import Query

Method = Callable[[Query], object]
"""Takes a call, returns its result, or an awaitable of it; raises Refusal."""

METHODS: dict[str, Method] = {
    "answercallbackquery": messages.answer_callback_query,
    "copymessage": copying.copy_message,
    "copymessages": copying.copy_messages,
    "deletemessage": messages.delete_message,
    "deletemessages": messages.delete_messages,
    "deletemycommands": profile.delete_my_commands,
    "deletewebhook": webhook.delete_webhook,
    "editmessagecaption": editing.edit_message_caption,
    "editmessagemedia": editing.edit_message_media,
    "editmessagereplymarkup": editing.edit_message_reply_markup,
    "editmessagetext": editing.edit_message_text,
    "forwardmessage": copying.forward_message,
    "forwardmessages": copying.forward_messages,
    "getchat": chats.get_chat,
    "getchatadministrators": chats.get_chat_administrators,
    "getchatmember": chats.get_chat_member,
    "getchatmembercount": chats.get_chat_member_count,
    "getchatmenubutton": profile.get_chat_menu_button,
    "getfile": files.get_file,
    "getme": profile.get_me,
    "getmycommands": profile.get_my_commands,
    "getmydescription": profile.get_my_description,
    "getmyname": profile.get_my_name,
    "getmyshortdescription": profile.get_my_short_description,
    "getupdates": updates.get_updates,
    "getwebhookinfo": webhook.get_webhook_info,
    "pinchatmessage": pins.pin_chat_message,
    "sendanimation": media.send_animation,
    "sendaudio": media.send_audio,
    "sendchataction": messages.send_chat_action,
    "senddocument": media.send_document,
    "sendmediagroup": media.send_media_group,
    "sendmessage": messages.send_message,
    "sendphoto": media.send_photo,
    "sendvideo": media.send_video,
    "sendvoice": media.send_voice,
    "setchatmenubutton": profile.set_chat_menu_button,
    "setmycommands": profile.set_my_commands,
    "setmydescription": profile.set_my_description,
    "setmyname": profile.set_my_name,
    "setmyshortdescription": profile.set_my_short_description,
    "setwebhook": webhook.set_webhook,
    "unpinallchatmessages": pins.unpin_all_chat_messages,
    "unpinchatmessage": pins.unpin_chat_message,
}
